import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import type { UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import { IsConversationId, IsUserId } from '../validation.js';
import type { Preview } from './message-questions.js';
import { change, question } from './question.js';

/** One user's settings of one conversation; the defaults hold until he changes them. */
export interface ConversationSettings {
  pinned: boolean;
  muted: boolean;
  /** Empty: none. */
  draft: string;
  /** Milliseconds since the epoch; 0: no draft. */
  draftAt: number;
  /** Rises with every change. */
  version: number;
}

/** A row of a user's list. */
export interface ConversationItem extends ConversationSettings {
  conversationId: ConversationId;
  unread: number;
  minSeq: Seq;
  maxSeq: Seq;
  readSeq: Seq;
  /** The latest message that the user may read. */
  latest: Preview | null;
  /** The later of the latest message and the draft, milliseconds since the epoch. */
  sortedAt: number;
}

export interface ConversationPage {
  items: ConversationItem[];
  nextCursor: string | null;
}

export class ListConversations {
  @IsUserId() userId: UserId;
  @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @IsInt() @Min(1) @Max(LIMITS.maxPageItems) limit: number;
}

export class GetConversation {
  @IsUserId() userId: UserId;
  @IsConversationId() conversationId: ConversationId;
}

export class UpdateConversation extends GetConversation {
  @IsOptional() @IsBoolean() pinned?: boolean;
  @IsOptional() @IsBoolean() muted?: boolean;
  @IsOptional() @IsString() @MaxLength(4096) draft?: string;
}

export const CONVERSATION_QUESTIONS = {
  /** Pinned first, then by `sortedAt`, latest first. */
  list: question<ConversationPage>()('conversation.list', ListConversations),
  get: question<ConversationItem>()('conversation.get', GetConversation),
  update: change<ConversationItem>()('conversation.update', UpdateConversation),
} as const;
