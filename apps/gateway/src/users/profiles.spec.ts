import type { Profile, UserId } from '#contracts';
import { FakeBus } from '../testing/fake-bus.suite.js';
import { profileOf, profilesOf } from '../testing/people.suite.js';
import { Profiles } from './profiles.js';

const id = (name: string) => name as UserId;

describe('Profiles', () => {
  const bus = new FakeBus();
  let profiles: Profiles;

  beforeEach(() => {
    bus.reset();
    bus.answers({ 'user.get-profiles': profilesOf('alice', 'bob') });
    profiles = new Profiles(bus);
  });

  it('asks once for a user and remembers', async () => {
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'Alice' });
    await profiles.of(id('alice'));
    expect(bus.asked).toHaveLength(1);
  });

  it('asks one question for all look-ups of a tick, each user once', async () => {
    await Promise.all([profiles.of(id('alice')), profiles.requireUsers([id('bob'), id('alice')])]);
    expect(bus.asked.map(({ payload }) => payload)).toEqual([{ userIds: ['alice', 'bob'] }]);
  });

  it('asks for at most a hundred users at a time', async () => {
    const names = Array.from({ length: 201 }, (_, n) => `u${n}`);
    bus.answers({ 'user.get-profiles': profilesOf(...names) });
    await profiles.requireUsers(names.map(id));
    expect(bus.asked.map(({ payload }) => (payload as { userIds: string[] }).userIds.length)).toEqual([100, 100, 1]);
  });

  it('names every user that does not exist', async () => {
    await expect(profiles.requireUsers([id('x'), id('alice'), id('y')])).rejects.toMatchObject({
      code: 'user_not_found',
      message: 'there is no user x, y',
    });
  });

  it('finds a user that was registered a moment after he was not there', async () => {
    await expect(profiles.of(id('carol'))).rejects.toMatchObject({ code: 'user_not_found' });
    bus.answers({ 'user.get-profiles': profilesOf('carol') });
    expect(await profiles.of(id('carol'))).toMatchObject({ nickname: 'Carol' });
  });

  it('fails all who wait when the question fails, and asks again the next time', async () => {
    bus.answers({ 'user.get-profiles': () => Promise.reject(new Error('away')) });
    await expect(profiles.of(id('alice'))).rejects.toThrow('away');
    bus.answers({ 'user.get-profiles': profilesOf('alice') });
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'Alice' });
  });

  it('takes over a change of a user that it knows', async () => {
    await profiles.of(id('alice'));
    profiles.changed({ version: 2, profile: { ...profileOf('alice'), nickname: 'Al', version: 2 } });
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'Al' });
  });

  it('is not set back by an event that comes late', async () => {
    bus.answers({ 'user.get-profiles': [{ ...profileOf('alice'), nickname: 'New', version: 5 }] });
    await profiles.of(id('alice'));
    profiles.changed({ version: 4, profile: { ...profileOf('alice'), nickname: 'Old', version: 4 } });
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'New' });
  });

  it('is not set back by an answer that an event overtook', async () => {
    let answer: (profiles: Profile[]) => void = () => undefined;
    bus.answers({ 'user.get-profiles': () => new Promise<Profile[]>((resolve) => (answer = resolve)) });
    const asking = profiles.of(id('alice'));
    await new Promise(setImmediate);
    profiles.changed({ version: 2, profile: { ...profileOf('alice'), nickname: 'Al', version: 2 } });
    answer([profileOf('alice')]);
    expect(await asking).toMatchObject({ nickname: 'Al' });
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'Al' });
  });

  it('need not ask for a user of whom an event told', async () => {
    profiles.changed({ version: 1, profile: profileOf('alice') });
    expect(await profiles.of(id('alice'))).toMatchObject({ nickname: 'Alice' });
    expect(bus.asked).toEqual([]);
  });

  it('forgets nobody for a user that nobody asked for', async () => {
    profiles = new Profiles(bus, { maxEntries: 1, maxAgeMs: 60_000 });
    await profiles.of(id('bob'));
    profiles.changed({ version: 2, profile: { ...profileOf('alice'), version: 2 } });
    await profiles.of(id('bob'));
    expect(bus.asked).toHaveLength(1);
  });
});
