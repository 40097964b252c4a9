import { parseConversationId } from '#contracts';
import type { SeqDocument } from '../../../../apps/message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../apps/message/src/store/user-window.document.js';
import type { SentAs } from './attempt.js';
import { KnownSeqs } from './known-seqs.js';

/** A stored message, as much of it as the rules need. */
export interface StoredMessage {
  seq: number;
  messageId: string;
  senderId: string;
  clientMsgId: string;
  digest: string;
  /** Messages that count as unread, up to and with this one. */
  counted: number;
  /** The send that made it; known once the history was read. */
  sentAs: SentAs | undefined;
}

/** One conversation: what the servers hold of it, and when its messages were known to be stored. */
export class StoredLog {
  /** By place: `messages[0]` lies in the slot of seq 1. */
  readonly messages: (StoredMessage | undefined)[] = [];
  readonly windows = new Map<string, UserWindowDocument>();
  readonly known = new KnownSeqs();
  /** The two of a conversation of two. */
  readonly pair: readonly string[] | undefined;
  /** Undefined: the servers hold nothing of it. */
  seq: SeqDocument | undefined;

  constructor(
    readonly id: string,
    /** Counts the conversations from 0. */
    readonly number: number,
  ) {
    const parsed = parseConversationId(id);
    this.pair = parsed?.kind === 'direct' ? parsed.members : undefined;
  }

  get maxSeq(): number {
    return this.seq?.max_seq ?? 0;
  }

  get minSeq(): number {
    return this.seq?.min_seq ?? 1;
  }

  at(seq: number): StoredMessage | undefined {
    return this.messages[seq - 1];
  }

  countedAt(seq: number): number {
    return this.at(seq)?.counted ?? 0;
  }

  /** The first seq that this user may read, as the servers hold it in the end; undefined: none. */
  firstReadable(userId: string): number | undefined {
    const window = this.windows.get(userId);
    if (window && !window.closed) return Math.max(window.min_seq, this.minSeq);
    return this.pair?.includes(userId) && !window ? this.minSeq : undefined;
  }

  /** The line before which the message can't have been stored. */
  notBefore(seq: number): number {
    return this.at(seq)?.sentAs?.firstLine ?? 0;
  }
}
