import { IsArray, IsBoolean, IsString } from 'class-validator';
import type { ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import { IsConversationId, IsSeq } from '../validation.js';
import { IsCursors, type Cursors } from './cursors.js';
import { About, Nullable, Optional, Shows } from './field-notes.js';

/** A conversation that has messages beyond the client's cursor. */
export class Moved {
  @IsConversationId() conversationId: ConversationId;
  @About('The first seq that the user may read.') @IsSeq() minSeq: Seq;
  @About('The last seq that is stored.') @IsSeq() maxSeq: Seq;
  @About('Up to where the user has read.') @IsSeq() readSeq: Seq;
}

/** Of the conversations whose id is above `after` and not above `through`, in the order of their bytes: those that moved. */
export class SyncFrame {
  @About('Those of the range; a conversation that is not named counts as 0.') @IsCursors() cursors: Cursors;
  @Optional() @IsConversationId() after?: ConversationId;
  @Optional() @IsConversationId() through?: ConversationId;
}

export class SyncAnswer {
  @IsArray() @Shows(() => Moved) moved: Moved[];
  @About('Whether the whole range was looked at.') @IsBoolean() complete: boolean;
  @About('If not: hand it in as `after` for the rest of the range.') @Nullable() @IsString() next: ConversationId | null;
}
