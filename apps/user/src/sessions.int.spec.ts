import { jwtVerify } from 'jose';
import type { Tokens, UserId } from '#contracts';
import { waitFor } from '#testing';
import { parseRefreshToken, formatRefreshToken } from './sessions/refresh-token.js';
import { RETRY_GRACE_MS } from './sessions/rotation.js';
import { TOKEN_LIFETIME } from './sessions/token-lifetime.js';
import { DEVICES } from './store/user.collections.js';
import { JWT_KEYS, StartedUser } from './started-user.suite.js';

const id = (text: string) => text as UserId;
const PASSWORD = 'correct horse';

describe('sessions', () => {
  let user: StartedUser;
  let people = 0;

  beforeAll(async () => {
    user = await StartedUser.start();
  });
  afterAll(() => user.stop());

  const newcomer = async (): Promise<UserId> => {
    const userId = id(`user${(people += 1)}`);
    await user.ask('register', { userId, password: PASSWORD, email: `${userId}@example.com` });
    return userId;
  };
  const logIn = (login: string, deviceId = 'phone', password = PASSWORD) =>
    user.ask('logIn', { login, password, deviceId, platform: 'ios' });
  const refresh = ({ refreshToken }: Pick<Tokens, 'refreshToken'>) => user.ask('refreshTokens', { refreshToken });
  const claimsOf = async ({ accessToken }: Tokens) =>
    jwtVerify<{ sid: string; did: string; plt: string }>(accessToken, Buffer.from(JWT_KEYS[0]!.secret), {
      currentDate: new Date(user.clock.now()),
    });
  const revocationsOf = (userId: string) => user.revocations.filter((event) => event.userId === userId);

  describe('logging in', () => {
    it('works by id and by e-mail however it is typed, and signs with the first key', async () => {
      const userId = await newcomer();
      for (const login of [userId, `${userId}@example.com`, ` ${userId.toUpperCase()}@Example.com`]) {
        const tokens = await logIn(login);
        expect(tokens).toMatchObject({ userId, deviceId: 'phone' });
        const { protectedHeader, payload } = await claimsOf(tokens);
        expect(protectedHeader).toMatchObject({ alg: 'HS256', kid: 'new' });
        expect(payload).toMatchObject({ sub: userId, did: 'phone', plt: 'ios', sid: expect.any(String) });
        expect(payload.exp! * 1000).toBe(tokens.accessExpiresAt);
        expect(payload.exp! - payload.iat!).toBe(TOKEN_LIFETIME.accessMs / 1000);
      }
    });

    it('says the same of an unknown user, of one without a password and of a wrong password', async () => {
      const userId = await newcomer();
      await user.ask('upsertMany', { users: [{ userId: id('bare') }] });
      const attempts = [logIn('nobody'), logIn('no@example.com'), logIn('bare'), logIn(userId, 'phone', 'wrong horse')];
      const refusals = await Promise.all(
        attempts.map((attempt) => attempt.catch((error: unknown) => error as { code: string; detail: string })),
      );
      const [first] = refusals as { code: string; detail: string }[];
      expect(first).toMatchObject({ code: 'wrong_credentials' });
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: first!.code, detail: first!.detail });
    });

    it('keeps no token in the database', async () => {
      const userId = await newcomer();
      const { refreshToken } = await logIn(userId);
      const { family, secret } = parseRefreshToken(refreshToken)!;
      const stored = JSON.stringify(await user.database.collection(DEVICES).find({ user_id: userId }).toArray());
      expect(stored).not.toContain(family);
      expect(stored).not.toContain(secret);
    });

    it('replaces the session of the same device and tells so', async () => {
      const userId = await newcomer();
      const first = await logIn(userId);
      await logIn(userId);
      const { payload } = await claimsOf(first);
      await waitFor(() => revocationsOf(userId).length === 1, { withinMs: 2000, what: 'the replaced session to be told' });
      expect(revocationsOf(userId)).toMatchObject([{ sessionId: payload.sid, deviceId: 'phone', reason: 'replaced' }]);
      await expect(refresh(first)).rejects.toMatchObject({ code: 'token_revoked' });
      expect(await user.ask('listDevices', { userId })).toHaveLength(1);
    });

    it('leaves one session when one device logs in many times at once', async () => {
      const userId = await newcomer();
      const all = await Promise.all(Array.from({ length: 5 }, () => user.ask('mintTokens', { userId, deviceId: 'tv', platform: 'web' })));
      const alive = (await Promise.allSettled(all.map(refresh))).filter(({ status }) => status === 'fulfilled');
      expect(alive).toHaveLength(1);
      await waitFor(() => revocationsOf(userId).length === 4, { withinMs: 2000, what: 'four replaced sessions' });
    });

    it('mints tokens for a user without a password, and none for nobody', async () => {
      await user.ask('upsertMany', { users: [{ userId: id('minted') }] });
      const tokens = await user.ask('mintTokens', { userId: id('minted'), deviceId: 'd', platform: 'server' });
      expect((await claimsOf(tokens)).payload).toMatchObject({ sub: 'minted', plt: 'server' });
      await expect(user.ask('mintTokens', { userId: id('nobody'), deviceId: 'd', platform: 'web' })).rejects.toMatchObject({
        code: 'user_not_found',
      });
    });
  });

  describe('refreshing', () => {
    it('hands out new tokens of the same session, again and again', async () => {
      const userId = await newcomer();
      let tokens = await logIn(userId);
      const { payload: first } = await claimsOf(tokens);
      const seen = new Set([tokens.refreshToken]);
      for (let i = 0; i < 3; i++) {
        user.clock.advance(10 * 60_000);
        tokens = await refresh(tokens);
        seen.add(tokens.refreshToken);
        expect((await claimsOf(tokens)).payload).toMatchObject({ sub: userId, sid: first.sid });
      }
      expect(seen.size).toBe(4);
      expect(revocationsOf(userId)).toEqual([]);
    });

    it('answers a retry whose first answer was lost with the same refresh token', async () => {
      const tokens = await logIn(await newcomer());
      const first = await refresh(tokens);
      const retried = await refresh(tokens);
      expect(retried.refreshToken).toBe(first.refreshToken);
      await expect(refresh(retried)).resolves.toBeDefined();
    });

    it('gives two who refresh with one token at once the same answer', async () => {
      const tokens = await logIn(await newcomer());
      const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(tokens)));
      expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    });

    it('ends the session when an old token is used again after the grace, and tells so before it answers', async () => {
      const userId = await newcomer();
      const tokens = await logIn(userId);
      const next = await refresh(tokens);
      user.clock.advance(RETRY_GRACE_MS + 1);
      await expect(refresh(tokens)).rejects.toMatchObject({ code: 'token_revoked' });
      await waitFor(() => revocationsOf(userId).length === 1, { withinMs: 2000, what: 'the revocation' });
      expect(revocationsOf(userId)).toMatchObject([{ reason: 'reused_refresh_token' }]);
      await expect(refresh(next)).rejects.toMatchObject({ code: 'token_revoked' });
      expect(await user.ask('listDevices', { userId })).toEqual([]);
    });

    it('ends the session when a token from before the last one is used, grace or not', async () => {
      const userId = await newcomer();
      const tokens = await logIn(userId);
      const last = await refresh(await refresh(tokens));
      await expect(refresh(tokens)).rejects.toMatchObject({ code: 'token_revoked' });
      await expect(refresh(last)).rejects.toMatchObject({ code: 'token_revoked' });
    });

    it('is not impressed by a made-up token: the session lives on', async () => {
      const userId = await newcomer();
      const tokens = await logIn(userId);
      const forged = formatRefreshToken({ ...parseRefreshToken(tokens.refreshToken)!, family: 'madeup', secret: 'madeup' });
      await expect(user.ask('refreshTokens', { refreshToken: forged })).rejects.toMatchObject({ code: 'token_revoked' });
      await expect(user.ask('refreshTokens', { refreshToken: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_token' });
      await expect(refresh(tokens)).resolves.toBeDefined();
    });

    it('refuses a token whose device stayed away for too long', async () => {
      const tokens = await logIn(await newcomer());
      user.clock.advance(TOKEN_LIFETIME.refreshMs + 1);
      await expect(refresh(tokens)).rejects.toMatchObject({ code: 'token_revoked' });
    });
  });

  describe('logging out', () => {
    it('ends the session of one device and leaves the others', async () => {
      const userId = await newcomer();
      const phone = await logIn(userId, 'phone');
      const laptop = await logIn(userId, 'laptop');
      expect(await user.ask('listDevices', { userId })).toMatchObject([{ deviceId: 'phone', platform: 'ios' }, { deviceId: 'laptop' }]);
      expect(await user.ask('logOut', { userId, deviceId: 'phone' })).toEqual({ sessions: 1 });
      await waitFor(() => revocationsOf(userId).length === 1, { withinMs: 1000, what: 'the revocation' });
      expect(revocationsOf(userId)).toMatchObject([
        { sessionId: (await claimsOf(phone)).payload.sid, reason: 'logout', deviceId: 'phone' },
      ]);
      await expect(refresh(phone)).rejects.toMatchObject({ code: 'token_revoked' });
      await expect(refresh(laptop)).resolves.toBeDefined();
      await expect(user.ask('logOut', { userId, deviceId: 'phone' })).rejects.toMatchObject({ code: 'device_not_found' });
    });

    it('ends all sessions of the user and of nobody else', async () => {
      const [userId, other] = [await newcomer(), await newcomer()];
      const mine = [await logIn(userId, 'a'), await logIn(userId, 'b'), await logIn(userId, 'c')];
      const theirs = await logIn(other, 'a');
      expect(await user.ask('logOut', { userId })).toEqual({ sessions: 3 });
      await waitFor(() => revocationsOf(userId).length === 3, { withinMs: 1000, what: 'three revocations' });
      for (const tokens of mine) await expect(refresh(tokens)).rejects.toMatchObject({ code: 'token_revoked' });
      await expect(refresh(theirs)).resolves.toBeDefined();
      expect(await user.ask('logOut', { userId })).toEqual({ sessions: 0 });
    });

    it('wins over a refresh that runs at the same time', async () => {
      const userId = await newcomer();
      const tokens = await logIn(userId);
      const [refreshed] = await Promise.allSettled([refresh(tokens), user.ask('logOut', { userId })]);
      if (refreshed.status === 'fulfilled') await expect(refresh(refreshed.value)).rejects.toMatchObject({ code: 'token_revoked' });
      expect(await user.ask('listDevices', { userId })).toEqual([]);
    });
  });
});
