import type { Answer, Operation, Push } from '../history/history.js';

interface Known {
  /** Up to here nothing is lacking that the user may read. */
  upTo: number;
  /** What came from beyond a gap. */
  ahead: Set<number>;
  /** The last seq that is known to exist. */
  maxSeq: number;
  /** Whether the user may read it, as far as the device was told. */
  open: boolean;
}

/** What one device has of each conversation: told by pushes, by pages, by the answers to its own sends. */
export class Cursors {
  /** Told of a conversation whenever something new was learnt of it and something of it is lacking. */
  onLacking: (conversationId: string) => void = () => undefined;
  private readonly byConversation = new Map<string, Known>();

  /** Seqs by conversation, as `connect` and `sync` take them. */
  all(): Record<string, number> {
    return Object.fromEntries([...this.byConversation].map(([conversationId, { upTo }]) => [conversationId, upTo]));
  }

  get size(): number {
    return this.byConversation.size;
  }

  upTo(conversationId: string): number {
    return this.byConversation.get(conversationId)?.upTo ?? 0;
  }

  /** Those that the user may read. */
  conversations(): string[] {
    return [...this.byConversation].flatMap(([conversationId, { open }]) => (open ? [conversationId] : []));
  }

  lacks(conversationId: string): boolean {
    const known = this.byConversation.get(conversationId);
    return known !== undefined && known.open && known.upTo < known.maxSeq;
  }

  lacking(): string[] {
    return [...this.byConversation.keys()].filter((conversationId) => this.lacks(conversationId));
  }

  /** A message was received. */
  take(conversationId: string, seq: number): void {
    const known = this.known(conversationId);
    known.maxSeq = Math.max(known.maxSeq, seq);
    if (seq <= known.upTo) return;
    known.ahead.add(seq);
    this.close(conversationId, known);
  }

  /** The user may read from `minSeq` on: what is before it is not lacking. */
  readable(conversationId: string, minSeq: number, maxSeq: number): void {
    const known = this.known(conversationId);
    known.open = true;
    known.maxSeq = Math.max(known.maxSeq, maxSeq);
    known.upTo = Math.max(known.upTo, minSeq - 1);
    for (const seq of known.ahead) if (seq <= known.upTo) known.ahead.delete(seq);
    this.close(conversationId, known);
  }

  unreadable(conversationId: string): void {
    this.known(conversationId).open = false;
  }

  learn(push: Push): void {
    if (push.type === 'message') this.take(push.conversationId, push.seq);
    else if (push.type === 'opened') this.readable(push.conversationId, push.minSeq, push.maxSeq);
    else if (push.type === 'closed') this.unreadable(push.conversationId);
    else if (push.type !== 'resync') this.exists(push.conversationId, push.maxSeq);
  }

  learnAnswer(operation: Operation, answer: Answer): void {
    if (answer.type === 'send') this.take(answer.conversationId, answer.seq);
    if (answer.type === 'sync')
      for (const { conversationId, minSeq, maxSeq } of answer.moved) this.readable(conversationId, minSeq, maxSeq);
    if (answer.type !== 'history' || operation.type !== 'history') return;
    this.readable(operation.conversationId, answer.minSeq, answer.maxSeq);
    for (const { seq } of answer.items) this.take(operation.conversationId, seq);
  }

  private exists(conversationId: string, maxSeq: number): void {
    const known = this.known(conversationId);
    known.maxSeq = Math.max(known.maxSeq, maxSeq);
    this.close(conversationId, known);
  }

  /** Raises the cursor over what has come without a gap. */
  private close(conversationId: string, known: Known): void {
    while (known.ahead.delete(known.upTo + 1)) known.upTo += 1;
    if (known.open && known.upTo < known.maxSeq) this.onLacking(conversationId);
  }

  private known(conversationId: string): Known {
    const known = this.byConversation.get(conversationId);
    if (known) return known;
    const unheardOf = { upTo: 0, ahead: new Set<number>(), maxSeq: 0, open: true };
    this.byConversation.set(conversationId, unheardOf);
    return unheardOf;
  }
}
