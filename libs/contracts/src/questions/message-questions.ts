import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { ContentType } from '../content-types.js';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Place, Seq } from '../ids/seq.js';
import type { UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import type { Message } from '../message.js';
import { IsConversationId, IsSeq, IsUserId } from '../validation.js';
import { question } from './question.js';

export interface MessagePage {
  /** Ascending by seq, without gaps. */
  items: Message[];
  /** The caller's window: what he may read of the conversation now. */
  minSeq: Seq;
  maxSeq: Seq;
  /** Whether the page reaches the end of what was asked for; if not, ask for the rest. */
  complete: boolean;
}

/** What a list shows of the latest message. */
export interface Preview {
  seq: Seq;
  senderId: UserId;
  type: ContentType;
  /** The content's JSON text, cut to 256 bytes of UTF-8 at a character. */
  excerpt: string;
  sentAt: number;
}

/** A user's numbers in one conversation. */
export interface ConversationState {
  conversationId: ConversationId;
  minSeq: Seq;
  maxSeq: Seq;
  readSeq: Seq;
  unread: number;
  /** Time of the latest message that he may read, milliseconds since the epoch; 0: none. */
  lastAt: number;
  /** When his window or the conversation began, milliseconds since the epoch: what sorts a conversation without messages. */
  openedAt: number;
}

export interface ConversationStates {
  items: ConversationState[];
  /** Hand it in as `after` for the rest. */
  next: ConversationId | null;
}

/** A window, as a gateway needs it to deliver. A closed one says only since when: what opened it before is outdated. */
export interface WindowState {
  conversationId: ConversationId;
  open: boolean;
  minSeq: Seq;
  maxSeq: Seq;
  readSeq: Seq;
  /** Of the record that changed it last: what a gateway heard from an older place is outdated. */
  changedAt: Place;
}

export interface WindowStatePage {
  items: WindowState[];
  next: ConversationId | null;
}

class ByUserInConversation {
  @IsUserId() userId: UserId;
  @IsConversationId() conversationId: ConversationId;
}

/** Messages from `fromSeq` to `toSeq`, both inclusive, clamped to the user's window. */
export class ReadRange extends ByUserInConversation {
  @IsSeq() fromSeq: Seq;
  @IsSeq() toSeq: Seq;
}

/** A page of messages before or after a seq (exclusive); with neither, the latest. */
export class ReadPage extends ByUserInConversation {
  @IsOptional() @IsSeq() beforeSeq?: Seq;
  @IsOptional() @IsSeq() afterSeq?: Seq;
  @IsInt() @Min(1) @Max(LIMITS.maxPageMessages) limit: number;
}

export class MarkRead extends ByUserInConversation {
  @IsSeq() seq: Seq;
}

export class GetStates {
  @IsUserId() userId: UserId;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LIMITS.maxPageItems) @IsConversationId({ each: true }) conversationIds: ConversationId[];
}

export class ListByUser {
  @IsUserId() userId: UserId;
  /** Those behind this conversation id. */
  @IsOptional() @IsConversationId() after?: ConversationId;
}

export const MESSAGE_QUESTIONS = {
  readRange: question<MessagePage>()('message.read-range', ReadRange),
  readPage: question<MessagePage>()('message.read-page', ReadPage),
  /** Only ever moves forward, so it may be repeated. */
  markRead: question<ConversationState>()('message.mark-read', MarkRead),
  /** Of these conversations; those without an open window are left out. */
  getStates: question<ConversationState[]>()('message.get-states', GetStates),
  /** Of all open windows, in pages by conversation id. */
  listStates: question<ConversationStates>()('message.list-states', ListByUser),
  /** The latest message of each that the user may read; null where there is none. */
  getPreviews: question<Record<string, Preview | null>>()('message.get-previews', GetStates),
  /** All windows, closed ones too, in pages by conversation id. */
  listWindows: question<WindowStatePage>()('message.list-windows', ListByUser),
} as const;
