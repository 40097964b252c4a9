import type { ConversationId, UserId } from '#contracts';

/** One user's settings of one conversation; there is none as long as he has changed nothing. */
export interface SettingsDocument {
  /** `<user>|<conversation>` */
  _id: string;
  user_id: UserId;
  conversation_id: ConversationId;
  pinned: boolean;
  muted: boolean;
  draft: string;
  draft_at?: Date;
  version: number;
}
