import type { Clock } from '#kernel';
import type { ConversationId, Seq } from '#contracts';

/** Longer than the loading of a user's windows may take. */
const GENERATION_MS = 20_000;

/**
 * The highest seq of each conversation that passed this gateway in the last 20–40 s. Whoever connects is told of messages that were
 * stored after his windows were read and before he was registered for delivery.
 */
export class RecentSeqs {
  private current = new Map<ConversationId, Seq>();
  private previous = new Map<ConversationId, Seq>();
  private startedAt: number;

  constructor(private readonly clock: Clock) {
    this.startedAt = clock.now();
  }

  saw(conversationId: ConversationId, seq: Seq): void {
    if (this.clock.now() - this.startedAt > GENERATION_MS) this.rotate();
    if (seq > (this.current.get(conversationId) ?? 0)) this.current.set(conversationId, seq);
  }

  /** 0 when none passed. */
  highest(conversationId: ConversationId): Seq {
    return Math.max(this.current.get(conversationId) ?? 0, this.previous.get(conversationId) ?? 0) as Seq;
  }

  private rotate(): void {
    this.previous = this.current;
    this.current = new Map();
    this.startedAt = this.clock.now();
  }
}
