import { newId } from '#kernel';
import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import { HttpApi } from '../../../../apps/cli/src/client/http-api.js';
import type { Target } from './start-target.js';

export interface Inhabitant {
  userId: UserId;
  token: string;
}

/** Whom and what an attack can name: some of it the attackers' own, some of others. */
export interface World {
  attackers: readonly Inhabitant[];
  /** Two who behave, and whom nothing may disturb. */
  pair: readonly [Inhabitant, Inhabitant];
  userIds: readonly string[];
  groupIds: readonly string[];
  conversationIds: readonly string[];
}

const ATTACKERS = 4;
const MESSAGES = 30;

/** Users, a group of attackers, a group of others, and some history in each. */
export async function createWorld({ url, adminKey }: Pick<Target, 'url' | 'adminKey'>): Promise<World> {
  const api = new HttpApi({ url, key: adminKey });
  try {
    const people = await Promise.all(Array.from({ length: ATTACKERS + 2 }, () => createUser(api)));
    const attackers = people.slice(0, ATTACKERS);
    const pair = people.slice(ATTACKERS) as [Inhabitant, Inhabitant];
    const groups = [await createGroup(api, attackers), await createGroup(api, pair)];
    for (const [index, groupId] of groups.entries()) await fill(api, groupId, index === 0 ? attackers : pair);
    const direct = directConversation((attackers[0] as Inhabitant).userId, (attackers[1] as Inhabitant).userId);
    return {
      attackers,
      pair,
      userIds: people.map(({ userId }) => userId),
      groupIds: groups,
      conversationIds: [direct, directConversation(pair[0].userId, pair[1].userId), ...groups.map(groupConversation)],
    };
  } finally {
    api.close();
  }
}

async function createUser(api: HttpApi): Promise<Inhabitant> {
  const userId = newId().toLowerCase() as UserId;
  await api.call('PUT', `/v1/users/${userId}`, { body: { nickname: userId } });
  const body = { deviceId: 'phone', platform: 'ios' };
  const { accessToken } = await api.call<{ accessToken: string }>('POST', `/v1/users/${userId}/tokens`, { body });
  return { userId, token: accessToken };
}

async function createGroup(api: HttpApi, [owner, ...members]: readonly Inhabitant[]): Promise<GroupId> {
  const body = { name: 'attacked', history: 'all', memberIds: members.map(({ userId }) => userId) };
  return (await api.call<{ groupId: GroupId }>('POST', '/v1/groups', { as: owner?.userId ?? '', body })).groupId;
}

async function fill(api: HttpApi, groupId: GroupId, senders: readonly Inhabitant[]): Promise<void> {
  for (let at = 0; at < MESSAGES; at += 1) {
    const { userId } = senders[at % senders.length] as Inhabitant;
    const body = { senderId: userId, to: { groupId }, clientMsgId: `fill-${at}`, type: 'text', content: { text: `message ${at}` } };
    await api.call('POST', '/v1/messages', { as: userId, body });
  }
}
