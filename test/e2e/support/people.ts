import { randomBytes } from 'node:crypto';
import { Api } from './api.js';
import { backend, gateways, type Shape } from './shape.js';
import { Socket } from './socket.js';

/** A user id that no other test has. */
export function newName(prefix = 'u'): string {
  return `${prefix}-${randomBytes(5).toString('hex')}`;
}

export interface Person {
  userId: string;
  token: string;
  /** At the first gateway. */
  api: Api;
  socket(more?: object): Promise<Socket & { connected: unknown }>;
}

/** A new user with a token, whose sockets go to the given gateway (default: the first). */
export async function person(shape: Shape, gateway: 0 | 1 = 0): Promise<Person> {
  const userId = newName();
  const admin = backend(shape);
  await expectStatus(admin.put(`/v1/users/${userId}`, { nickname: `Nick ${userId}` }), 201);
  const token = await tokenOf(shape, userId);
  const url = gateways(shape)[gateway];
  return { userId, token, api: new Api(url, token), socket: (more) => Socket.connect(url, token, more) };
}

export async function tokenOf(shape: Shape, userId: string, deviceId = 'phone'): Promise<string> {
  const answer = await expectStatus(backend(shape).post(`/v1/users/${userId}/tokens`, { deviceId, platform: 'ios' }), 201);
  return (answer.body as { accessToken: string }).accessToken;
}

/** A new group of these people, the first its owner. */
export async function group(people: readonly Person[], more: object = {}): Promise<{ groupId: string; conversationId: string }> {
  const [owner, ...members] = people;
  if (!owner) throw new Error('a group needs an owner');
  const answer = await expectStatus(
    owner.api.post('/v1/groups', { name: 'team', memberIds: members.map(({ userId }) => userId), ...more }),
    201,
  );
  return answer.body as { groupId: string; conversationId: string };
}

export async function expectStatus<T extends { status: number; body: unknown }>(call: Promise<T>, status: number): Promise<T> {
  const answer = await call;
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

export function text(clientMsgId: string, words = 'hello'): { clientMsgId: string; type: string; content: object } {
  return { clientMsgId, type: 'text', content: { text: words } };
}
