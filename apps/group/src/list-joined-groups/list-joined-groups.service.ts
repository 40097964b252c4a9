import { Injectable } from '@nestjs/common';
import { isGroupId, type JoinedGroupPage, type ListJoinedGroups } from '#contracts';
import { parseCursor, toPage } from '../paging/cursor.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class ListJoinedGroupsService {
  constructor(private readonly groups: GroupRepository) {}

  /** By group id. Dismissed groups are among them: their status says so, and their messages stay readable. */
  async list({ userId, cursor, limit }: ListJoinedGroups): Promise<JoinedGroupPage> {
    const after = parseCursor('j', cursor, isGroupId);
    const found = await this.groups.pageOfJoined(userId, { after, limit: limit + 1 });
    return toPage('j', found, limit, ({ groupId }) => groupId);
  }
}
