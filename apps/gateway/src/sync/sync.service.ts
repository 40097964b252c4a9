import { MESSAGE_QUESTIONS, type AnswerData, type ConversationId, type WindowStatePage, type SyncFrame, type UserId } from '#contracts';
import type { Bus } from '#bus';
import { isBeyond, MAX_MOVED } from './moved.js';

/** Pages that one request may cost; a range beyond them is answered in part, and says so. */
const MAX_PAGES = 5;

type Range = Pick<SyncFrame, 'cursors' | 'through'>;

/** Which conversations of a user moved beyond his client's cursors. */
export class SyncService {
  constructor(private readonly bus: Bus) {}

  async sync(userId: UserId, { cursors, after, through }: SyncFrame): Promise<AnswerData<'sync'>> {
    const answer: AnswerData<'sync'> = { moved: [], complete: false, next: after ?? null };
    const range: Range = { cursors, ...(through !== undefined && { through }) };
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await this.page(userId, answer.next);
      if (takePage(answer, page, range)) return answer;
    }
    return answer;
  }

  private page(userId: UserId, after: ConversationId | null): Promise<WindowStatePage> {
    return this.bus.ask(MESSAGE_QUESTIONS.listWindows, userId, { userId, ...(after !== null && { after }) });
  }
}

/** Adds what moved; true when the answer is ready, whole or full. */
function takePage(answer: AnswerData<'sync'>, { items, next }: WindowStatePage, { cursors, through }: Range): boolean {
  for (const { conversationId, open, minSeq, maxSeq, readSeq } of items) {
    if (through !== undefined && conversationId > through) return finish(answer);
    if (answer.moved.length === MAX_MOVED) return true;
    const window = { conversationId, minSeq, maxSeq, readSeq };
    if (open && isBeyond(window, cursors)) answer.moved.push(window);
    answer.next = conversationId;
  }
  if (next === null) return finish(answer);
  answer.next = next;
  return false;
}

function finish(answer: AnswerData<'sync'>): true {
  answer.complete = true;
  answer.next = null;
  return true;
}
