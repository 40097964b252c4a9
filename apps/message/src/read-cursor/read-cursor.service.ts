import { problem, type ConversationState, type MarkRead, type Seq } from '#contracts';
import { stateOf } from '../conversation-states/conversation-state.js';
import type { MessageBucketRepository } from '../store/message-bucket.repository.js';
import type { UserWindowRepository } from '../store/user-window.repository.js';
import type { ReaderWindow, ReaderWindows } from '../windows/reader-window.js';

/** How far a user has read: moves forward only, by a direct write beside the trains. */
export class ReadCursorService {
  constructor(
    private readonly readers: ReaderWindows,
    private readonly windows: UserWindowRepository,
    private readonly buckets: MessageBucketRepository,
  ) {}

  async markRead({ userId, conversationId, seq }: MarkRead): Promise<ConversationState> {
    const reader = await this.readers.open(userId, conversationId);
    const { window, numbers } = reader;
    if (!window) throw problem('outside_window', `${conversationId} has no messages yet`);
    check(seq, reader);
    if (seq <= window.readSeq) return stateOf(conversationId, window, numbers);
    const readCounted =
      seq === numbers.maxSeq ? numbers.counted : ((await this.buckets.countedAt(conversationId, seq)) ?? window.readCounted);
    await this.windows.advanceCursors([{ userId, conversationId, readSeq: seq, readCounted }]);
    return stateOf(conversationId, { ...window, readSeq: seq, readCounted }, numbers);
  }
}

function check(seq: Seq, { minSeq, maxSeq }: ReaderWindow): void {
  if (seq > maxSeq) throw problem('outside_window', `the cursor ${seq} is beyond the last message, ${maxSeq}`);
  if (seq < minSeq - 1) throw problem('outside_window', `the cursor ${seq} is before the window, which begins at ${minSeq}`);
}
