import { IsIn, IsISO8601, IsInt, IsString } from 'class-validator';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import { IsConversationId, IsSeq } from '../validation.js';
import { CLOSE_REASONS, type CloseReason } from './close-codes.js';
import { About, Nullable } from './field-notes.js';

export class Hint {
  @IsConversationId() conversationId: ConversationId;
  @About('Messages up to this seq were stored and not sent here: pull them with `history`.') @IsSeq() maxSeq: Seq;
}

export class ConversationOpened {
  @IsConversationId() conversationId: ConversationId;
  @About('The first seq that the user may read.') @IsSeq() minSeq: Seq;
  @About('The last seq before; the next message has a higher one.') @IsSeq() maxSeq: Seq;
}

export class ConversationClosed {
  @IsConversationId() conversationId: ConversationId;
  @About('The last seq before.') @IsSeq() maxSeq: Seq;
}

export const RESYNC_REASONS = ['rejoin', 'offset_jump', 'stalled'] as const;
export type ResyncReason = (typeof RESYNC_REASONS)[number];

export class Resync {
  @About('What happened to the server’s feed.') @IsIn(RESYNC_REASONS) reason: ResyncReason;
}

export class ServerPing {
  @IsISO8601() serverTime: string;
}

export class Closing {
  @About('The code that the socket will be closed with.') @IsInt() code: number;
  @IsIn(CLOSE_REASONS) reason: CloseReason;
  @About('How long to wait before connecting again; null: do not, by yourself.') @Nullable() @IsInt() reconnectAfterMs: number | null;
  @IsString() message: string;
}
