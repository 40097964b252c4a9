/** A group as the answers to its commands let one believe it is; under faults it may be otherwise. */
export interface KnownGroup {
  groupId: string;
  ownerId: string;
  members: Set<string>;
  former: Set<string>;
}

/** The groups that were made, those that are dismissed apart. */
export class GroupBook {
  readonly active: KnownGroup[] = [];
  readonly dismissed: KnownGroup[] = [];

  created(groupId: string, ownerId: string, memberIds: readonly string[]): void {
    this.active.push({ groupId, ownerId, members: new Set([ownerId, ...memberIds]), former: new Set() });
  }

  entered(group: KnownGroup, userIds: readonly string[]): void {
    for (const userId of userIds) {
      group.members.add(userId);
      group.former.delete(userId);
    }
  }

  gone(group: KnownGroup, userId: string): void {
    group.members.delete(userId);
    group.former.add(userId);
  }

  ended(group: KnownGroup): void {
    const at = this.active.indexOf(group);
    if (at >= 0) this.dismissed.push(...this.active.splice(at, 1));
  }

  /** Those that the user is a member of. */
  of(userId: string): KnownGroup[] {
    return this.active.filter(({ members }) => members.has(userId));
  }
}
