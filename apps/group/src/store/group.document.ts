import type { GroupId, GroupRole, HistoryRule, UserId } from '#contracts';

export interface GroupDocument {
  _id: GroupId;
  name: string;
  avatar: string;
  ex: string;
  owner_id: UserId;
  /** Who transferred it last: his repeated transfer is no refusal. */
  previous_owner_id?: UserId;
  history: HistoryRule;
  member_count: number;
  status: 'active' | 'dismissed';
  /** Raised by every change of the group or of its members: what serialises them. */
  version: number;
  created_at: Date;
}

export interface GroupMemberDocument {
  /** `<group>|<user>` */
  _id: string;
  group_id: GroupId;
  user_id: UserId;
  /** False: was a member until `removed_at`; kept for a day, so that whoever removed him may repeat it. */
  active: boolean;
  role: GroupRole;
  joined_at: Date;
  invited_by?: UserId;
  removed_by?: UserId;
  removed_at?: Date;
}

export interface JoinedGroupDocument {
  /** `<user>|<group>` */
  _id: string;
  user_id: UserId;
  group_id: GroupId;
}
