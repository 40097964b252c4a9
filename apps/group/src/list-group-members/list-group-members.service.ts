import { Injectable } from '@nestjs/common';
import { isUserId, type GroupMemberPage, type ListGroupMembers } from '#contracts';
import { parseCursor, toPage } from '../paging/cursor.js';
import { permit } from '../roles/permit.js';
import { activeGroup } from '../store/group-state.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class ListGroupMembersService {
  constructor(private readonly groups: GroupRepository) {}

  /** For members, by user id. */
  async list({ groupId, actorId, cursor, limit }: ListGroupMembers): Promise<GroupMemberPage> {
    const after = parseCursor('m', cursor, isUserId);
    const [group, member, found] = await Promise.all([
      this.groups.find(groupId),
      this.groups.findMember(groupId, actorId),
      this.groups.pageOfMembers(groupId, { after, limit: limit + 1 }),
    ]);
    activeGroup(group, groupId);
    permit('list-members', groupId, { userId: actorId, member });
    return toPage('m', found, limit, ({ userId }) => userId);
  }
}
