import type { ContentType, MessageOptions, Platform, SessionType } from './content-types.js';
import type { ClientMsgId } from './ids/client-msg-id.js';
import type { ConversationId } from './ids/conversation-id.js';
import type { Seq } from './ids/seq.js';
import type { GroupId, UserId } from './ids/user-id.js';

/** A stored message as it travels on the bus. The edges show `content` as JSON and times as RFC 3339. */
export interface Message {
  conversationId: ConversationId;
  seq: Seq;
  /** Made by the server; the same for every repetition of one send. */
  messageId: string;
  clientMsgId: ClientMsgId;
  sessionType: SessionType;
  senderId: UserId;
  senderDeviceId?: string;
  senderPlatform?: Platform;
  /** As they were when it was sent. */
  senderNickname: string;
  senderAvatar: string;
  /** The other user of a direct conversation … */
  receiverId?: UserId;
  /** … or the group. */
  groupId?: GroupId;
  type: ContentType;
  /** JSON text, just as it was sent: nothing on the way parses it. */
  content: string;
  mentions?: UserId[];
  options?: MessageOptions;
  ex?: string;
  /** Milliseconds since the epoch, by the log's clock. */
  sentAt: number;
  /** Milliseconds since the epoch, as the client says. */
  createdAt: number;
  status: 'sent';
}
