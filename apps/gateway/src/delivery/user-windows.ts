import type { ConversationId, WindowState, Place, Seq } from '#contracts';

export interface KnownWindow {
  open: boolean;
  minSeq: Seq;
  /** The last seq that is known to be stored. */
  maxSeq: Seq;
  readSeq: Seq;
  /** Of the record that changed it last. */
  changedAt: Place;
}

/**
 * `firstHeard`: an event said it before anything else was known; who it names may have been in already, with a window of his own.
 * `told`: an event said it, and the sockets were told. An answer tells only whoever asked.
 */
type NotedWindow = KnownWindow & { firstHeard: boolean; told: boolean };

export type WindowChange = Pick<KnownWindow, 'open' | 'minSeq' | 'maxSeq' | 'changedAt'>;

/**
 * One connected user's windows of groups: what the message service answered, and what the stored events said, in whatever order the two
 * arrive. The later place wins, but who is in when he is let in again keeps the window he has; closed windows are kept, and the answer
 * has them too, so that neither an older answer nor an event that is published late can open them again.
 */
export class UserWindows {
  private readonly byConversation = new Map<ConversationId, NotedWindow>();

  /** Whether the sockets are to be told: it was news, or only an answer had said it, to a socket that may be another. */
  change(conversationId: ConversationId, change: WindowChange): boolean {
    const known = this.byConversation.get(conversationId);
    if (known && known.changedAt === change.changedAt && known.open === change.open && !known.told) {
      known.told = true;
      return true;
    }
    if (known && (known.changedAt >= change.changedAt || known.open === change.open)) return false;
    const readSeq = known?.readSeq ?? (0 as Seq);
    this.byConversation.set(conversationId, { ...change, readSeq, firstHeard: known === undefined, told: true });
    return true;
  }

  /** An answer of the message service. Whether it was news. */
  load(window: WindowState): boolean {
    const known = this.byConversation.get(window.conversationId);
    // A cursor never goes back, and outlives its window: an event that opened it again said nothing of it.
    const readSeq = Math.max(known?.readSeq ?? 0, window.readSeq) as Seq;
    const keptHis = known !== undefined && known.firstHeard && known.open && window.open;
    if (known && known.changedAt > window.changedAt && !keptHis) {
      known.readSeq = readSeq;
      return false;
    }
    const { open, minSeq, maxSeq, changedAt } = window;
    const told = known !== undefined && known.told && (keptHis || known.changedAt === changedAt);
    this.byConversation.set(window.conversationId, { open, minSeq, maxSeq, readSeq, changedAt, firstHeard: false, told });
    return true;
  }

  mayRead(conversationId: ConversationId, seq: Seq): boolean {
    const known = this.byConversation.get(conversationId);
    return known !== undefined && known.open && seq >= known.minSeq;
  }

  entries(): IterableIterator<[ConversationId, KnownWindow]> {
    return this.byConversation.entries();
  }

  open(): ConversationId[] {
    return [...this.byConversation].filter(([, window]) => window.open).map(([conversationId]) => conversationId);
  }
}
