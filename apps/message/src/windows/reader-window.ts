import { parseConversationId, problem, type ConversationId, type Seq, type UserId } from '#contracts';
import type { ConversationNumbers, SeqRepository } from '../store/seq.repository.js';
import type { UserWindow, UserWindowRepository } from '../store/user-window.repository.js';

/** What one user may read of a conversation now. */
export interface ReaderWindow {
  minSeq: Seq;
  maxSeq: Seq;
  numbers: ConversationNumbers;
  /** Undefined before the first message of a conversation of two. */
  window: UserWindow | undefined;
}

const NO_MESSAGES: ConversationNumbers = {
  maxSeq: 0 as Seq,
  minSeq: 1 as Seq,
  counted: 0,
  dismissed: false,
  last: undefined,
  createdAt: 0,
};

/** There is no read without a window: every reader comes through here. */
export class ReaderWindows {
  constructor(
    private readonly windows: UserWindowRepository,
    private readonly seqs: SeqRepository,
  ) {}

  /** Throws `not_a_member` for who has no open window of it. */
  async open(userId: UserId, conversationId: ConversationId): Promise<ReaderWindow> {
    // The window is read last: who is shut out while the numbers are read is shut out.
    const numbers = (await this.seqs.load([conversationId])).get(conversationId) ?? NO_MESSAGES;
    const window = await this.windows.find({ userId, conversationId });
    if (!(window?.open ?? isOneOfTwo(userId, conversationId))) {
      throw problem('not_a_member', `${userId} is not a member of ${conversationId}`);
    }
    return { window, numbers, maxSeq: numbers.maxSeq, minSeq: Math.max(window?.minSeq ?? 1, numbers.minSeq) as Seq };
  }
}

function isOneOfTwo(userId: UserId, conversationId: ConversationId): boolean {
  const parsed = parseConversationId(conversationId);
  return parsed?.kind === 'direct' && parsed.members.includes(userId);
}
