import type { UserId } from '#contracts';
import { waitFor } from '#testing';
import { StartedUser } from './started-user.suite.js';

const id = (text: string) => text as UserId;

describe('accounts', () => {
  let user: StartedUser;
  beforeAll(async () => {
    user = await StartedUser.start();
  });
  afterAll(() => user.stop());

  const changesOf = (userId: string) => user.changes.filter(({ profile }) => profile.userId === userId).map(({ version }) => version);
  const told = (userId: string, versions: number[]) =>
    waitFor(() => JSON.stringify(changesOf(userId)) === JSON.stringify(versions), {
      withinMs: 5000,
      what: `versions ${String(versions)} of ${userId}`,
    });

  describe('registering', () => {
    it('creates the account, shows it, and tells the other services', async () => {
      const account = await user.ask('register', {
        userId: id('alice'),
        email: 'Alice@Example.COM',
        nickname: 'Alice',
        password: 'correct horse',
      });
      expect(account).toEqual({
        userId: 'alice',
        nickname: 'Alice',
        avatar: '',
        ex: '',
        version: 1,
        createdAt: expect.any(Number),
        email: 'alice@example.com',
      });
      expect(await user.ask('getAccount', { userId: id('alice') })).toEqual(account);
      await told('alice', [1]);
    });

    it('makes an id when none is given', async () => {
      const { userId } = await user.ask('register', {});
      expect(userId).toMatch(/^[0-9a-z]{26}$/);
    });

    it('refuses an id that is taken, and one that differs only in the e-mail’s spelling, and leaves nothing behind', async () => {
      await user.ask('register', { userId: id('carol'), email: 'carol@example.com' });
      await expect(user.ask('register', { userId: id('carol') })).rejects.toMatchObject({
        code: 'user_exists',
        detail: 'there is a user carol already',
      });
      await expect(user.ask('register', { userId: id('other'), email: 'CAROL@example.com' })).rejects.toMatchObject({
        code: 'user_exists',
        detail: 'there is a user with the e-mail carol@example.com already',
      });
      await expect(user.ask('getAccount', { userId: id('other') })).rejects.toMatchObject({ code: 'user_not_found' });
      await told('carol', [1]);
      expect(changesOf('other')).toEqual([]);
    });

    it('keeps ids apart that differ in case', async () => {
      await user.ask('register', { userId: id('Dave') });
      await expect(user.ask('register', { userId: id('dave') })).resolves.toMatchObject({ userId: 'dave' });
    });

    it('lets exactly one of many win who register one id, or one e-mail, at once', async () => {
      const sameId = await Promise.allSettled(
        Array.from({ length: 6 }, (_, i) => user.ask('register', { userId: id('race'), nickname: `${i}` })),
      );
      expect(sameId.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const sameMail = await Promise.allSettled(
        Array.from({ length: 6 }, (_, i) => user.ask('register', { userId: id(`racer${i}`), email: 'race@example.com' })),
      );
      expect(sameMail.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refusals = [...sameId, ...sameMail].flatMap((result) =>
        result.status === 'rejected' ? [result.reason as { code: string }] : [],
      );
      expect(refusals.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 'user_exists'));
      await told('race', [1]);
    });

    it('names each field that is wrong', async () => {
      await expect(user.ask('register', { userId: id('no spaces'), email: 'nobody', password: 'short' })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '/userId' }),
          expect.objectContaining({ pointer: '/email' }),
          expect.objectContaining({ pointer: '/password' }),
        ]),
      });
    });
  });

  describe('profiles', () => {
    it('raises the version with every change, and not when nothing changes', async () => {
      await user.ask('register', { userId: id('erin'), email: 'erin@example.com' });
      expect(await user.ask('updateProfile', { userId: id('erin'), nickname: 'E' })).toMatchObject({
        version: 2,
        nickname: 'E',
        email: 'erin@example.com',
      });
      expect(await user.ask('updateProfile', { userId: id('erin'), nickname: 'E' })).toMatchObject({ version: 2 });
      expect(await user.ask('updateProfile', { userId: id('erin'), ex: '{"a":1}' })).toMatchObject({
        version: 3,
        nickname: 'E',
        ex: '{"a":1}',
      });
      await told('erin', [1, 2, 3]);
    });

    it('loses none of several changes at once', async () => {
      await user.ask('register', { userId: id('frank') });
      const fields = [{ nickname: 'F' }, { avatar: 'f.png' }, { ex: 'x' }];
      await Promise.all(fields.map((field) => user.ask('updateProfile', { userId: id('frank'), ...field })));
      expect(await user.ask('getAccount', { userId: id('frank') })).toMatchObject({ nickname: 'F', avatar: 'f.png', ex: 'x', version: 4 });
      await told('frank', [1, 2, 3, 4]);
    });

    it('says that there is no such user', async () => {
      await expect(user.ask('updateProfile', { userId: id('nobody'), nickname: 'N' })).rejects.toMatchObject({ code: 'user_not_found' });
      await expect(user.ask('getAccount', { userId: id('nobody') })).rejects.toMatchObject({ code: 'user_not_found' });
    });

    it('looks many up at once and leaves unknown ones out', async () => {
      await user.ask('upsertMany', { users: [{ userId: id('g1') }, { userId: id('g2') }] });
      const profiles = await user.ask('getProfiles', { userIds: [id('g2'), id('nobody'), id('g1')] });
      expect(profiles.map(({ userId }) => userId).sort()).toEqual(['g1', 'g2']);
    });
  });

  describe('a batch from the backend', () => {
    it('creates and changes, says which, and tells only what changed', async () => {
      await user.ask('upsertMany', { users: [{ userId: id('h1'), nickname: 'One' }, { userId: id('h2') }] });
      const results = await user.ask('upsertMany', {
        users: [
          { userId: id('h1'), nickname: 'One' },
          { userId: id('h2'), avatar: 'two.png' },
          { userId: id('h3') },
          { userId: id('h3'), nickname: 'Three' },
        ],
      });
      expect(results).toEqual([
        { userId: 'h1', created: false },
        { userId: 'h2', created: false },
        { userId: 'h3', created: true },
        { userId: 'h3', created: false },
      ]);
      await told('h2', [1, 2]);
      await told('h3', [1]);
      expect(changesOf('h1')).toEqual([1]);
      expect(await user.ask('getProfiles', { userIds: [id('h3')] })).toMatchObject([{ nickname: 'Three', version: 1 }]);
    });

    it('creates each user once when batches overlap in time', async () => {
      const users = Array.from({ length: 20 }, (_, i) => ({ userId: id(`i${i}`) }));
      const all = (await Promise.all(Array.from({ length: 4 }, () => user.ask('upsertMany', { users })))).flat();
      expect(all.filter(({ created }) => created)).toHaveLength(20);
      for (const { userId } of users) await told(userId, [1]);
    });

    it('takes a hundred in well under a second', async () => {
      const users = Array.from({ length: 100 }, (_, i) => ({ userId: id(`j${i}`), nickname: `J ${i}` }));
      const started = performance.now();
      await user.ask('upsertMany', { users });
      expect(performance.now() - started).toBeLessThan(1000);
      await told('j99', [1]);
    });
  });
});
