import type { ConversationId, Cursors, Moved, WindowState, Seq } from '#contracts';
import type { RecentSeqs } from '../delivery/recent-seqs.js';
import type { UserWindows } from '../delivery/user-windows.js';
import { byConversationId, isBeyond, MAX_MOVED } from './moved.js';

export interface AtConnect {
  /** As they were read, at some time since the socket was registered for delivery. */
  loaded: readonly WindowState[];
  /** With what the stored events said since. */
  windows: UserWindows;
  recent: Pick<RecentSeqs, 'highest'>;
  /** Messages that came for this socket while it could not take them. */
  missed: ReadonlyMap<ConversationId, Seq>;
}

/** Every conversation with messages that this socket lacks and won't be pushed: from here on it is pushed all others. */
export function movedAtConnect(cursors: Cursors, at: AtConnect): { moved: Moved[]; complete: boolean } {
  const all = [...readable(at).values()].map((window) => raise(window, at)).filter((window) => isBeyond(window, cursors));
  const moved = all.sort(byConversationId).slice(0, MAX_MOVED);
  return { moved, complete: moved.length === all.length };
}

function readable({ loaded, windows, missed }: AtConnect): Map<ConversationId, Moved> {
  const found = new Map<ConversationId, Moved>();
  // The first message between two users may have come since their windows were read.
  for (const [conversationId, maxSeq] of missed) found.set(conversationId, { conversationId, minSeq: 1 as Seq, maxSeq, readSeq: 0 as Seq });
  for (const { conversationId, open, minSeq, maxSeq, readSeq } of loaded) {
    if (open) found.set(conversationId, { conversationId, minSeq, maxSeq, readSeq });
  }
  for (const [conversationId, { open, minSeq, maxSeq, readSeq }] of windows.entries()) {
    const read = found.get(conversationId)?.maxSeq ?? 0;
    if (open) found.set(conversationId, { conversationId, minSeq, maxSeq: Math.max(maxSeq, read) as Seq, readSeq });
    else found.delete(conversationId);
  }
  return found;
}

function raise(window: Moved, { recent, missed }: AtConnect): Moved {
  const { conversationId, minSeq, maxSeq, readSeq } = window;
  const highest = Math.max(maxSeq, recent.highest(conversationId), missed.get(conversationId) ?? 0) as Seq;
  return { conversationId, minSeq, maxSeq: highest, readSeq };
}
