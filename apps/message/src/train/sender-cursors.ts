import type { Logger } from 'pino';
import type { MessageBucketRepository } from '../store/message-bucket.repository.js';
import type { CursorMove, UserWindowRepository } from '../store/user-window.repository.js';
import type { Decision } from './decision.js';
import { windowKey } from './train-state.js';

/** A sender has read what he sent, and so what came before: his cursor follows his sends, outside of the transaction. */
export class SenderCursors {
  constructor(
    private readonly windows: UserWindowRepository,
    private readonly buckets: MessageBucketRepository,
    private readonly logger: Logger,
  ) {}

  async follow(decisions: readonly Decision[]): Promise<void> {
    try {
      await this.windows.advanceCursors([...latestPerCursor(decisions), ...(await this.repeated(decisions))]);
    } catch (error) {
      // The next send moves it, and so does reading: not worth a second run of the train.
      this.logger.warn({ err: error }, 'cursors of senders stay behind');
    }
  }

  /** Of messages stored before, whose cursors may have been lost with the process that stored them. */
  private async repeated(decisions: readonly Decision[]): Promise<CursorMove[]> {
    const moves = decisions.map(async (decision): Promise<CursorMove[]> => {
      if (decision.kind !== 'again' || decision.event.kind !== 'message') return [];
      const { conversationId, seq, senderId } = decision.event.message;
      const readCounted = await this.buckets.countedAt(conversationId, seq);
      return readCounted === undefined ? [] : [{ conversationId, userId: senderId, readSeq: seq, readCounted }];
    });
    return (await Promise.all(moves)).flat();
  }
}

function latestPerCursor(decisions: readonly Decision[]): CursorMove[] {
  const moves = new Map<string, CursorMove>();
  for (const decision of decisions) {
    if (decision.kind !== 'stored') continue;
    const { conversationId, key, counted, message } = decision;
    moves.set(windowKey(conversationId, message.senderId), {
      conversationId,
      userId: message.senderId,
      readSeq: key.result,
      readCounted: counted,
    });
  }
  return [...moves.values()];
}
