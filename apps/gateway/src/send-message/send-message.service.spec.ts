import { LIMITS, problem, type SendMessage, type UserId } from '#contracts';
import type { Caller } from '../authentication/caller.js';
import { FakeBus } from '../testing/fake-bus.suite.js';
import { profilesOf } from '../testing/people.suite.js';
import { Profiles } from '../users/profiles.js';
import type { SendRequest } from './send-message.input.js';
import { SendMessageService } from './send-message.service.js';

const alice: Caller = { kind: 'user', userId: 'alice' as UserId, sessionId: 's', deviceId: 'd', platform: 'ios', expiresAt: 0 };
const backend: Caller = { kind: 'backend', keyId: 'k' };
const NOW = 1_700_000_000_000;

const request = (more: object = {}): SendRequest =>
  ({ clientMsgId: 'c1', type: 'text', content: { text: 'hi' }, to: { userId: 'bob' }, ...more }) as unknown as SendRequest;

describe('SendMessageService', () => {
  const bus = new FakeBus();
  let service: SendMessageService;

  beforeEach(() => {
    bus.reset();
    bus.answers({ 'user.get-profiles': profilesOf('alice', 'bob') });
    service = new SendMessageService(bus, new Profiles(bus), { now: () => NOW });
  });

  it('makes the command of a request', async () => {
    const options = { senderSync: false };
    const command = await service.prepare(alice, request({ mentions: ['bob'], ex: 'e', createdAt: '2026-01-31T09:30:00.5Z', options }));
    expect(command).toEqual({
      conversationId: 'si_alice_bob',
      senderId: 'alice',
      senderNickname: 'Alice',
      senderAvatar: 'alice.png',
      senderDeviceId: 'd',
      senderPlatform: 'ios',
      clientMsgId: 'c1',
      type: 'text',
      content: '{"text":"hi"}',
      mentions: ['bob'],
      options,
      ex: 'e',
      createdAt: Date.parse('2026-01-31T09:30:00.500Z'),
    });
  });

  it('takes its own clock for when the client did not say', async () => {
    expect((await service.prepare(alice, request())).createdAt).toBe(NOW);
  });

  it.each([[null], [0], [''], [false], [[]], ['text']])('takes %j as content', async (content) => {
    expect((await service.prepare(alice, request({ content }))).content).toBe(JSON.stringify(content));
  });

  it('takes content of 64 KiB and refuses one byte more', async () => {
    const content = 'x'.repeat(LIMITS.maxContentBytes - 2);
    await expect(service.prepare(alice, request({ content }))).resolves.toBeDefined();
    await expect(service.prepare(alice, request({ content: `${content}x` }))).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  it('counts the bytes of the content, not its characters', async () => {
    const content = 'é'.repeat(LIMITS.maxContentBytes / 2);
    await expect(service.prepare(alice, request({ content }))).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  it('takes content 32 levels deep and refuses 33', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    await expect(service.prepare(alice, request({ content: nested(32) }))).resolves.toBeDefined();
    await expect(service.prepare(alice, request({ content: nested(33) }))).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: `/content${'/0'.repeat(32)}`, code: 'too_deep' }],
    });
  });

  it('refuses a receiver that does not exist, by name', async () => {
    await expect(service.prepare(alice, request({ to: { userId: 'nobody' } }))).rejects.toMatchObject({
      code: 'user_not_found',
      message: 'there is no user nobody',
    });
  });

  it('lets a user name himself as the sender and nobody else', async () => {
    await expect(service.prepare(alice, request({ senderId: 'alice' }))).resolves.toMatchObject({ senderId: 'alice' });
    await expect(service.prepare(alice, request({ senderId: 'bob' }))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('sends for a user whom a backend names, and wants one named', async () => {
    const command = await service.prepare(backend, request({ senderId: 'alice' }));
    expect(command).toMatchObject({ senderId: 'alice', senderPlatform: 'server' });
    expect(command).not.toHaveProperty('senderDeviceId');
    await expect(service.prepare(backend, request())).rejects.toMatchObject({ errors: [{ pointer: '/senderId', code: 'required' }] });
  });

  it('appends before it returns, in the order of the calls', async () => {
    bus.answers({ 'message.send': { seq: 1 } });
    const commands = await Promise.all(['a', 'b', 'c'].map((clientMsgId) => service.prepare(alice, request({ clientMsgId }))));
    const answers = commands.map((command) => service.submit(command));
    expect(bus.commands.map(({ command }) => (command.payload as SendMessage).clientMsgId)).toEqual(['a', 'b', 'c']);
    expect(bus.commands[0]).toMatchObject({ topic: 'message.send.v1', command: { key: 'si_alice_bob', type: 'message.send' } });
    await Promise.all(answers);
  });

  it('tells a stranger of a group that does not exist so', async () => {
    bus.answers({
      'message.send': () => Promise.reject(problem('not_a_member', 'alice is not a member')),
      'group.get': () => Promise.reject(problem('group_not_found', 'there is no group g1')),
    });
    const command = await service.prepare(alice, request({ to: { groupId: 'g1' } }));
    await expect(service.submit(command)).rejects.toMatchObject({ code: 'group_not_found' });
  });

  it.each(['forbidden', 'unavailable'] as const)('keeps not_a_member when the group service says %s', async (code) => {
    bus.answers({
      'message.send': () => Promise.reject(problem('not_a_member', 'alice is not a member')),
      'group.get': () => Promise.reject(problem(code, 'something else')),
    });
    const command = await service.prepare(alice, request({ to: { groupId: 'g1' } }));
    await expect(service.submit(command)).rejects.toMatchObject({ code: 'not_a_member' });
  });
});
