import { ArrayMaxSize, IsArray, IsBoolean, IsDefined, IsIn, IsISO8601, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import {
  CONTENT_TYPE_NAMES,
  PLATFORM_NAMES,
  SESSION_TYPES,
  type ContentType,
  type MessageOptions,
  type Platform,
  type SessionType,
} from '../content-types.js';
import type { ClientMsgId } from '../ids/client-msg-id.js';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import type { GroupId, UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import { IsClientMsgId, IsConversationId, IsGroupId, IsSeq, IsUserId } from '../validation.js';
import { About, HasSchema, Optional, Shows } from './field-notes.js';

/** What a sender may switch off; everything defaults to true. */
export class MessageFlags {
  @Optional() @IsBoolean() unreadCount?: boolean;
  @Optional() @IsBoolean() conversationUpdate?: boolean;
  @About('Whether the sender’s other sockets get it too.') @Optional() @IsBoolean() senderSync?: boolean;
}

/** A message as both edges show it. */
export class MessageView {
  @IsConversationId() conversationId: ConversationId;
  @IsSeq() seq: Seq;
  @IsString() messageId: string;
  @IsClientMsgId() clientMsgId: ClientMsgId;
  @IsIn(Object.keys(SESSION_TYPES)) sessionType: SessionType;
  @IsUserId() senderId: UserId;
  @Optional() @IsString() senderDeviceId?: string;
  @Optional() @IsIn(PLATFORM_NAMES) senderPlatform?: Platform;
  @About('As it was when the message was sent.') @IsString() senderNickname: string;
  @IsString() senderAvatar: string;
  @About('The other user of a direct conversation.') @Optional() @IsUserId() receiverId?: UserId;
  @Optional() @IsGroupId() groupId?: GroupId;
  @IsIn(CONTENT_TYPE_NAMES) type: ContentType;
  @About('Any JSON, as it was sent.') @IsDefined() content: unknown;
  @Optional() @IsArray() @IsUserId({ each: true }) mentions?: UserId[];
  @Optional() @Shows(() => MessageFlags) options?: MessageOptions;
  @Optional() @IsString() ex?: string;
  @About('By the server’s clock.') @IsISO8601() sentAt: string;
  @About('By the sender’s clock.') @IsISO8601() createdAt: string;
  @IsIn(['sent']) status: 'sent';
}

/** One of the fields. */
export class SendTarget {
  @Optional() @IsUserId() userId?: UserId;
  @Optional() @IsGroupId() groupId?: GroupId;
}

/** To a user, to a group (`to`), or into a conversation (`conversationId`): exactly one of them. */
export class SendFrame {
  @Optional() @Shows(() => SendTarget) to?: SendTarget;
  @Optional() @IsConversationId() conversationId?: ConversationId;
  @About('For a backend alone: who sends it.') @Optional() @IsUserId() senderId?: UserId;
  @About('Your own id of this message. The same id again gets the first answer again.') @IsClientMsgId() clientMsgId: ClientMsgId;
  @IsIn(CONTENT_TYPE_NAMES) type: ContentType;
  @About(`Any JSON of at most ${LIMITS.maxContentBytes} bytes.`) @IsDefined() @HasSchema({}) content: unknown;
  @Optional() @IsArray() @ArrayMaxSize(LIMITS.maxMentions) @IsUserId({ each: true }) mentions?: UserId[];
  @Optional() @Shows(() => MessageFlags) options?: MessageFlags;
  @Optional() @IsString() @MaxLength(LIMITS.maxExBytes) ex?: string;
  @About('By the client’s clock; default: when it arrived.') @Optional() @IsISO8601() createdAt?: string;
}

export class SendFrameAnswer {
  @IsConversationId() conversationId: ConversationId;
  @IsString() messageId: string;
  @IsSeq() seq: Seq;
  @IsISO8601() sentAt: string;
  @About('Whether this is the first answer again, to a repeated `clientMsgId`.') @IsBoolean() replayed: boolean;
}

export class ReadFrame {
  @IsConversationId() conversationId: ConversationId;
  @About('The last seq that the user has read; a cursor moves only forward.') @IsSeq() seq: Seq;
}

export class ReadAnswer {
  @IsConversationId() conversationId: ConversationId;
  @IsSeq() readSeq: Seq;
  @IsInt() @Min(0) unread: number;
}

/** `fromSeq` and `toSeq` (a range, both inclusive), or a page before or after a seq (exclusive), or with neither the latest page. */
export class HistoryFrame {
  @IsConversationId() conversationId: ConversationId;
  @Optional() @IsSeq() fromSeq?: Seq;
  @Optional() @IsSeq() toSeq?: Seq;
  @Optional() @IsSeq() beforeSeq?: Seq;
  @Optional() @IsSeq() afterSeq?: Seq;
  @About(`Of a page; default ${LIMITS.maxPageMessages}.`) @Optional() @IsInt() @Min(1) @Max(LIMITS.maxPageMessages) limit?: number;
}

export class HistoryAnswer {
  @About('Ascending by seq, without gaps.') @IsArray() @Shows(() => MessageView) items: MessageView[];
  @About('What the user may read of the conversation now.') @IsSeq() minSeq: Seq;
  @IsSeq() maxSeq: Seq;
  @About('Whether it reaches the end of what was asked for; if not, ask for the rest.') @IsBoolean() complete: boolean;
}
