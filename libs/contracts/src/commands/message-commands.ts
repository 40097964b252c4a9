import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CONTENT_TYPE_NAMES, PLATFORM_NAMES, type ContentType, type MessageOptions, type Platform } from '../content-types.js';
import type { ClientMsgId } from '../ids/client-msg-id.js';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import type { UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import { IsClientMsgId, IsConversationId, IsJsonText, IsMessageOptions, IsOpaqueId, IsTimestamp, IsUserId } from '../validation.js';

/** Header `type` of each command in `message.send.v1`; the value is the class of the same row below. */
export const MESSAGE_COMMAND = {
  send: 'message.send',
  openWindows: 'windows.open',
  closeWindows: 'windows.close',
  dismiss: 'conversation.dismiss',
} as const;

/** Store a message. Answered by SendAnswer. */
export class SendMessage {
  @IsConversationId() conversationId: ConversationId;
  @IsUserId() senderId: UserId;
  @IsClientMsgId() clientMsgId: ClientMsgId;
  @IsOptional() @IsOpaqueId() senderDeviceId?: string;
  @IsOptional() @IsIn(PLATFORM_NAMES) senderPlatform?: Platform;
  @IsString() @MaxLength(LIMITS.maxNicknameLength) senderNickname: string;
  @IsString() @MaxLength(LIMITS.maxAvatarLength) senderAvatar: string;
  @IsIn(CONTENT_TYPE_NAMES) type: ContentType;
  /** JSON text. */
  @IsJsonText() content: string;
  @IsOptional() @IsArray() @ArrayMaxSize(LIMITS.maxMentions) @IsUserId({ each: true }) mentions?: UserId[];
  @IsOptional() @IsMessageOptions() options?: MessageOptions;
  @IsOptional() @IsString() @MaxLength(LIMITS.maxExBytes) ex?: string;
  /** Milliseconds since the epoch, as the client says. */
  @IsTimestamp() createdAt: number;
}

/** From which message on a new member reads: those after the joining, or all. */
export const HISTORY_RULES = ['join', 'all'] as const;
export type HistoryRule = (typeof HISTORY_RULES)[number];

/** Let users read and send from here on. Who has an open window keeps it as it is. Answered by WindowsAnswer. */
export class OpenWindows {
  /** Random, of the outbox document that caused it: repeating the command changes nothing. */
  @IsOpaqueId() commandId: string;
  @IsConversationId() conversationId: ConversationId;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LIMITS.maxBatchItems) @IsUserId({ each: true }) userIds: UserId[];
  @IsIn(HISTORY_RULES) history: HistoryRule;
}

/** Nothing is readable or sendable for these users from here on. Answered by WindowsAnswer. */
export class CloseWindows {
  @IsOpaqueId() commandId: string;
  @IsConversationId() conversationId: ConversationId;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LIMITS.maxBatchItems) @IsUserId({ each: true }) userIds: UserId[];
}

/** Nobody can send from here on; who has an open window may go on reading. Answered by WindowsAnswer. */
export class DismissConversation {
  @IsOpaqueId() commandId: string;
  @IsConversationId() conversationId: ConversationId;
}

export interface SendAnswer {
  conversationId: ConversationId;
  messageId: string;
  seq: Seq;
  /** Milliseconds since the epoch. */
  sentAt: number;
  /** Whether this is the first answer again, to a repeated client message id. */
  replayed: boolean;
}

export interface WindowsAnswer {
  /** The last seq before the change took effect. */
  maxSeq: Seq;
}
