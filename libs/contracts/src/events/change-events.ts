import type { ConversationId } from '../ids/conversation-id.js';
import type { GroupId, UserId } from '../ids/user-id.js';
import type { Group } from '../questions/group-questions.js';
import type { ConversationSettings } from '../questions/conversation-questions.js';
import type { Profile } from '../questions/user-questions.js';

/** Header `type` of the events of the services' own topics. `version` rises with every change of the entity; drop what is not newer. */
export const CHANGE_EVENT = {
  userChanged: 'user.changed',
  groupChanged: 'group.changed',
  conversationChanged: 'conversation.changed',
  sessionRevoked: 'session.revoked',
} as const;

/** In `user.changed.v1`, key: the user. */
export interface UserChanged {
  version: number;
  profile: Profile;
}

/**
 * In `group.changed.v1`, key: the group, when it is created, updated, transferred or dismissed. Members travel as windows in
 * `message.stored.v1`, never here: joins, leaves and roles raise the version without an event, and `memberCount` is that of this version.
 */
export interface GroupChanged {
  version: number;
  groupId: GroupId;
  group: Group;
}

/** In `conversation.changed.v1`, key: the user. One user's settings of one conversation. */
export interface ConversationChanged {
  version: number;
  userId: UserId;
  conversationId: ConversationId;
  settings: ConversationSettings;
}

/** In `session.revoked.v1`, key: the user. Every token of this session is dead from now on. */
export interface SessionRevoked {
  userId: UserId;
  /** The `sid` of its tokens. */
  sessionId: string;
  deviceId: string;
  reason: 'logout' | 'replaced' | 'reused_refresh_token';
  /** Milliseconds since the epoch. */
  revokedAt: number;
}
