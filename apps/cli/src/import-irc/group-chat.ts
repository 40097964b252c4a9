import { groupConversation, LIMITS, type ClientMsgId, type GroupId, type HistoryAnswer, type Seq, type UserId } from '#contracts';
import { ApiError } from '../client/api-error.js';
import type { HttpApi } from '../client/http-api.js';
import { patiently, type Patience } from '../client/patiently.js';
import type { ApiSocket } from '../client/api-socket.js';
import { LOG_USER, type SendStep } from '../irc/channel-log.js';
import type { Chat, Sent } from './chat.js';
import { sendFrameOf } from './message-content.js';

export interface GroupChatParts {
  api: HttpApi;
  openSocket: () => Promise<ApiSocket>;
  groupId: GroupId;
  patience: Patience;
}

/** A group over the public API: messages over one connection, the rest over HTTP. */
export class GroupChat implements Chat {
  private socket: ApiSocket | undefined;

  constructor(private readonly parts: GroupChatParts) {}

  async prepare(): Promise<void> {
    const { groupId } = this.parts;
    await this.call('POST', '/v1/groups', LOG_USER, { groupId, name: groupId, history: 'join' });
  }

  async lastImported(prefix: string): Promise<Sent | undefined> {
    for (let before = ''; ;) {
      const { items, minSeq } = await this.history(`limit=${LIMITS.maxPageMessages}${before}`, LOG_USER);
      const last = items.findLast(({ clientMsgId }) => clientMsgId.startsWith(prefix));
      const [first] = items;
      if (last || !first || first.seq <= minSeq) return last;
      before = `&beforeSeq=${first.seq}`;
    }
  }

  async windowOf(userId: UserId): Promise<Seq | undefined> {
    try {
      return (await this.history('limit=1', userId)).minSeq;
    } catch (error) {
      if (isNotAMember(error)) return undefined;
      throw error;
    }
  }

  async send(steps: readonly SendStep[]): Promise<Sent[]> {
    const sent = new Map<ClientMsgId, Sent>();
    await patiently(() => this.sendMissing(steps, sent), this.parts.patience);
    return steps.flatMap(({ clientMsgId }) => sent.get(clientMsgId) ?? []);
  }

  async admit(userIds: readonly UserId[]): Promise<void> {
    for (let start = 0; start < userIds.length; start += LIMITS.maxBatchItems) {
      const body = { userIds: userIds.slice(start, start + LIMITS.maxBatchItems) };
      await this.call('POST', `/v1/groups/${this.parts.groupId}/members`, LOG_USER, body);
    }
  }

  async join(userId: UserId): Promise<void> {
    await this.call('POST', `/v1/groups/${this.parts.groupId}/join`, userId);
  }

  async leave(userId: UserId): Promise<void> {
    try {
      await this.call('POST', `/v1/groups/${this.parts.groupId}/leave`, userId);
    } catch (error) {
      if (!isNotAMember(error)) throw error;
    }
  }

  close(): void {
    this.socket?.close();
  }

  /** All that is missing in one go: when one fails, none that came after it may have been let in before it is repeated. */
  private async sendMissing(steps: readonly SendStep[], sent: Map<ClientMsgId, Sent>): Promise<void> {
    const missing = steps.filter(({ clientMsgId }) => !sent.has(clientMsgId));
    const socket = await this.connected();
    const answers = await socket.askAll(
      'send',
      missing.map((step) => sendFrameOf(this.parts.groupId, step)),
    );
    const failures: unknown[] = [];
    missing.forEach(({ clientMsgId }, index) => {
      const answer = answers[index];
      if (answer?.status === 'fulfilled') sent.set(clientMsgId, { clientMsgId, seq: answer.value.seq });
      else failures.push(answer?.reason);
    });
    if (failures.length > 0) throw failures[0];
  }

  private async connected(): Promise<ApiSocket> {
    if (!this.socket?.isOpen) this.socket = await this.parts.openSocket();
    return this.socket;
  }

  private history(query: string, as: UserId): Promise<HistoryAnswer> {
    return this.call('GET', `/v1/conversations/${groupConversation(this.parts.groupId)}/messages?${query}`, as);
  }

  private call<Answer>(method: string, path: string, as: UserId, body?: object): Promise<Answer> {
    return patiently(() => this.parts.api.call<Answer>(method, path, { as, ...(body && { body }) }), this.parts.patience);
  }
}

function isNotAMember(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not_a_member';
}
