import type { MessagePage, ReadPage, ReadRange } from '#contracts';
import type { MessageBucketRepository } from '../store/message-bucket.repository.js';
import type { ReaderWindow, ReaderWindows } from '../windows/reader-window.js';
import { pageOf, rangeOf, type HistoryRange } from './history-range.js';
import { withinBudget } from './page-budget.js';

/** History, in pages of at most 50 messages or 512 KiB, clamped to the reader's window. */
export class ReadHistoryService {
  constructor(
    private readonly windows: ReaderWindows,
    private readonly buckets: MessageBucketRepository,
  ) {}

  async range(ask: ReadRange): Promise<MessagePage> {
    const window = await this.windows.open(ask.userId, ask.conversationId);
    return this.page(ask, window, rangeOf(ask, { from: window.minSeq, to: window.maxSeq }));
  }

  async aroundSeq(ask: ReadPage): Promise<MessagePage> {
    const window = await this.windows.open(ask.userId, ask.conversationId);
    return this.page(ask, window, pageOf(ask, { from: window.minSeq, to: window.maxSeq }));
  }

  private async page(
    { conversationId }: ReadRange | ReadPage,
    { minSeq, maxSeq }: ReaderWindow,
    range: HistoryRange,
  ): Promise<MessagePage> {
    const messages = await this.buckets.between(conversationId, range.from, range.to);
    const items = withinBudget(messages, range.keep);
    return { items, minSeq, maxSeq, complete: range.whole && items.length === messages.length };
  }
}
