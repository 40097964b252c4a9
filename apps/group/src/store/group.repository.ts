import { SerialByKey } from '#kernel';
import type { Group, GroupId, GroupMember, UserId } from '#contracts';
import type { Outbox } from '#outbox';
import { mappingStorageErrors, type Database } from '#storage';
import { GROUP_MEMBERS, GROUPS, JOINED_GROUPS } from './group.collections.js';
import { memberKey, toGroup, toMember } from './group.mapper.js';
import { GroupTransaction, type GroupCollections } from './group-transaction.repository.js';

/** Where a page begins, and how long it is at most. */
export interface PageOf<Id> {
  after: Id | undefined;
  limit: number;
}

export class GroupRepository {
  private readonly collections: GroupCollections;
  private readonly serial = new SerialByKey();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    this.collections = {
      groups: database.collection(GROUPS),
      members: database.collection(GROUP_MEMBERS),
      joined: database.collection(JOINED_GROUPS),
    };
  }

  /**
   * Runs one change of one group in one transaction, and resolves when all that must be told of this group has been told, and
   * the message service has applied it: also when this change was committed by an earlier try, and `work` found nothing to do.
   */
  async change<T>(groupId: GroupId, work: (tx: GroupTransaction) => Promise<T>): Promise<T> {
    let tx: GroupTransaction | undefined;
    // Changes of one group would conflict in MongoDB anyway; here they wait for one another without a retry.
    const result = await this.serial.run(groupId, () =>
      this.database.transaction((session) => {
        tx = new GroupTransaction(this.collections, this.outbox, session, groupId);
        return work(tx);
      }),
    );
    await this.outbox.flush(groupId, tx?.version);
    return result;
  }

  async find(groupId: GroupId): Promise<Group | undefined> {
    const found = await mappingStorageErrors(() => this.collections.groups.findOne({ _id: groupId }));
    return found ? toGroup(found) : undefined;
  }

  async findMember(groupId: GroupId, userId: UserId): Promise<GroupMember | undefined> {
    const filter = { _id: memberKey(groupId, userId), group_id: groupId, active: true };
    const found = await mappingStorageErrors(() => this.collections.members.findOne(filter));
    return found ? toMember(found) : undefined;
  }

  /** By user id. */
  async pageOfMembers(groupId: GroupId, { after, limit }: PageOf<UserId>): Promise<GroupMember[]> {
    const behind = after === undefined ? {} : { user_id: { $gt: after } };
    const filter = { group_id: groupId, active: true, ...behind };
    const page = this.collections.members.find(filter).sort({ user_id: 1 }).limit(limit);
    const found = await mappingStorageErrors(() => page.toArray());
    return found.map(toMember);
  }

  /** The groups that a user is a member of, by group id; dismissed ones included, since he may go on reading them. */
  async pageOfJoined(userId: UserId, { after, limit }: PageOf<GroupId>): Promise<Group[]> {
    const behind = after === undefined ? {} : { group_id: { $gt: after } };
    const filter = { user_id: userId, ...behind };
    const page = this.collections.joined.find(filter).sort({ group_id: 1 }).limit(limit);
    const ids = (await mappingStorageErrors(() => page.toArray())).map(({ group_id }) => group_id);
    const groups = await this.findMany(ids);
    return ids.flatMap((id) => groups.get(id) ?? []);
  }

  private async findMany(ids: readonly GroupId[]): Promise<Map<GroupId, Group>> {
    if (ids.length === 0) return new Map();
    const found = await mappingStorageErrors(() => this.collections.groups.find({ _id: { $in: ids } }).toArray());
    return new Map(found.map((document) => [document._id, toGroup(document)]));
  }
}
