import { Injectable } from '@nestjs/common';
import { problem, type GetGroup, type Group } from '#contracts';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class GetGroupService {
  constructor(private readonly groups: GroupRepository) {}

  /** For whoever knows the id, also after the group was dismissed: what a group says of itself is its public card. */
  async get({ groupId }: GetGroup): Promise<Group> {
    const group = await this.groups.find(groupId);
    if (!group) throw problem('group_not_found', `there is no group ${groupId}`);
    return group;
  }
}
