import type { Collection } from 'mongodb';
import { LIMITS, type Group, type GroupId, type GroupMember, type GroupRole, type UserId } from '#contracts';
import type { Outbox, OutboxEntry } from '#outbox';
import type { Transaction } from '#storage';
import type { GroupDocument, GroupMemberDocument, JoinedGroupDocument } from './group.document.js';
import { refusalOf } from './group-state.js';
import {
  type GroupFieldChange,
  joinedKey,
  memberKey,
  toChangedFields,
  toGroup,
  toGroupDocument,
  toJoinedDocument,
  toMember,
  toMemberDocument,
} from './group.mapper.js';

export interface GroupCollections {
  groups: Collection<GroupDocument>;
  members: Collection<GroupMemberDocument>;
  joined: Collection<JoinedGroupDocument>;
}

/**
 * One change of one group. Whatever it reads is true at the moment of its commit, because every change raises the group's version
 * and two that overlap conflict there; a change that throws leaves nothing.
 */
export class GroupTransaction {
  private raisedTo: number | undefined;

  constructor(
    private readonly collections: GroupCollections,
    private readonly outbox: Outbox,
    private readonly session: Transaction,
    private readonly groupId: GroupId,
  ) {}

  /** The version that this change raises the group to; undefined as long as it changes nothing. */
  get version(): number | undefined {
    return this.raisedTo;
  }

  async group(): Promise<Group | undefined> {
    const found = await this.groupDocument();
    return found ? toGroup(found) : undefined;
  }

  /** Who transferred the group last. */
  async previousOwner(): Promise<UserId | undefined> {
    return (await this.groupDocument())?.previous_owner_id;
  }

  /** Those of these users who are members. */
  async members(userIds: readonly UserId[]): Promise<Map<UserId, GroupMember>> {
    const { members } = this.collections;
    const filter = { _id: { $in: userIds.map((id) => memberKey(this.groupId, id)) }, group_id: this.groupId, active: true };
    const found = await members.find(filter, { session: this.session }).toArray();
    return new Map(found.map((document) => [document.user_id, toMember(document)]));
  }

  /** Who removed a former member, as long as it is remembered. */
  async removedBy(userId: UserId): Promise<UserId | undefined> {
    const filter = { _id: memberKey(this.groupId, userId), group_id: this.groupId, active: false };
    return (await this.collections.members.findOne(filter, { session: this.session }))?.removed_by;
  }

  async create(group: Group): Promise<void> {
    await this.collections.groups.insertOne(toGroupDocument(group), { session: this.session });
    this.raisedTo = group.version;
  }

  /**
   * Raises the version, and with it what else changes of the group; `members` is by how many they become more or fewer.
   * Throws when there is no such group, when it is dismissed, or when it would have too many members.
   */
  async raise(change: GroupFieldChange & { members?: number } = {}): Promise<Group> {
    const { members = 0, ...fields } = change;
    const room = members > 0 ? { member_count: { $lte: LIMITS.maxGroupMembers - members } } : {};
    const raised = await this.collections.groups.findOneAndUpdate(
      { _id: this.groupId, status: 'active', ...room },
      {
        $inc: { version: 1, member_count: members },
        $set: toChangedFields(fields),
      },
      { session: this.session, returnDocument: 'after' },
    );
    if (!raised) throw refusalOf(await this.group(), this.groupId, members);
    this.raisedTo = raised.version;
    return toGroup(raised);
  }

  /** Makes him a member. Returns the member that he was already, and nothing changed, or undefined. */
  async enter(member: GroupMember): Promise<GroupMember | undefined> {
    const document = toMemberDocument(member);
    // One round trip for "insert, unless he is in": a duplicate key would abort the transaction.
    const before = await this.collections.members.findOneAndUpdate(
      { _id: document._id, group_id: document.group_id },
      [{ $replaceWith: { $cond: [{ $eq: ['$active', true] }, '$$ROOT', { $literal: document }] } }],
      { session: this.session, upsert: true, returnDocument: 'before' },
    );
    if (before?.active) return toMember(before);
    await this.collections.joined.insertOne(toJoinedDocument(member), { session: this.session });
    return undefined;
  }

  /** Makes members of users who are none. */
  async admit(members: readonly GroupMember[]): Promise<void> {
    const documents = members.map(toMemberDocument);
    await this.collections.members.bulkWrite(
      documents.map((replacement) => ({
        replaceOne: { filter: { _id: replacement._id, group_id: replacement.group_id }, replacement, upsert: true },
      })),
      { session: this.session, ordered: false },
    );
    await this.collections.joined.insertMany(members.map(toJoinedDocument), { session: this.session, ordered: false });
  }

  /** False, and nothing changed: he is no member, or the owner. */
  async remove(userId: UserId, by: UserId, at: number): Promise<boolean> {
    const { matchedCount } = await this.collections.members.updateOne(
      { _id: memberKey(this.groupId, userId), group_id: this.groupId, active: true, role: { $ne: 'owner' } },
      { $set: { active: false, removed_by: by, removed_at: new Date(at) } },
      { session: this.session },
    );
    if (matchedCount === 0) return false;
    const filter = { _id: joinedKey(userId, this.groupId), user_id: userId };
    await this.collections.joined.deleteOne(filter, { session: this.session });
    return true;
  }

  async setRoles(roles: readonly { userId: UserId; role: GroupRole }[]): Promise<void> {
    await this.collections.members.bulkWrite(
      roles.map(({ userId, role }) => ({
        updateOne: {
          filter: { _id: memberKey(this.groupId, userId), group_id: this.groupId, active: true },
          update: { $set: { role } },
        },
      })),
      { session: this.session },
    );
  }

  /** What the others must learn; sent after the commit. */
  async tell(entries: readonly OutboxEntry[]): Promise<void> {
    await this.outbox.add(this.session, entries);
  }

  private groupDocument(): Promise<GroupDocument | null> {
    return this.collections.groups.findOne({ _id: this.groupId }, { session: this.session });
  }
}
