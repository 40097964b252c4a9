import { groupConversation, LIMITS, type GroupId, type HistoryAnswer, type MessageView, type UserId } from '#contracts';
import { ApiError } from '../client/api-error.js';
import type { HttpApi } from '../client/http-api.js';
import { patiently } from '../client/patiently.js';

interface MemberPage {
  items: { userId: UserId }[];
  nextCursor: string | null;
}

/** A group as its members read it. */
export class GroupReader {
  constructor(
    private readonly api: HttpApi,
    private readonly groupId: GroupId,
  ) {}

  /** All that this user may read, page by page. */
  async all(as: UserId): Promise<MessageView[]> {
    const messages: MessageView[] = [];
    for (let after = 0; ; after = messages.at(-1)?.seq ?? 0) {
      const { items, complete } = await this.page(`afterSeq=${after}&limit=${LIMITS.maxPageMessages}`, as);
      messages.push(...items);
      if (complete || items.length === 0) return messages;
    }
  }

  page(query: string, as: UserId): Promise<HistoryAnswer> {
    return this.get(`/v1/conversations/${groupConversation(this.groupId)}/messages?${query}`, as);
  }

  /** The code of the error that he gets when he reads; undefined when he may. */
  async refusal(as: UserId): Promise<string | undefined> {
    try {
      await this.page('limit=1', as);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError) return error.code;
      throw error;
    }
  }

  async members(as: UserId): Promise<UserId[]> {
    const members: UserId[] = [];
    for (let cursor = ''; ;) {
      const path = `/v1/groups/${this.groupId}/members?limit=${LIMITS.maxPageItems}${cursor}`;
      const { items, nextCursor } = await this.get<MemberPage>(path, as);
      members.push(...items.map(({ userId }) => userId));
      if (nextCursor === null) return members;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
  }

  private get<Answer>(path: string, as: UserId): Promise<Answer> {
    return patiently(() => this.api.call<Answer>('GET', path, { as }));
  }
}
