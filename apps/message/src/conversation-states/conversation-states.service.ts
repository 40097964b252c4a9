import type {
  ConversationId,
  ConversationState,
  ConversationStates,
  GetStates,
  ListByUser,
  WindowState,
  WindowStatePage,
  Preview,
  Seq,
  UserId,
} from '#contracts';
import type { ConversationNumbers, SeqRepository } from '../store/seq.repository.js';
import type { UserWindow, UserWindowRepository, WindowId } from '../store/user-window.repository.js';
import { windowKey } from '../train/train-state.js';
import { previewFor, stateOf } from './conversation-state.js';

/** States in one answer: about 130 bytes each, and an answer is one record. */
const STATES_PER_PAGE = 2000;

interface WindowWithNumbers {
  window: UserWindow;
  numbers: ConversationNumbers;
}

/** What a user's lists are made of: three finds a page, whatever he is a member of. */
export class ConversationStatesService {
  constructor(
    private readonly windows: UserWindowRepository,
    private readonly seqs: SeqRepository,
  ) {}

  async list({ userId, after }: ListByUser): Promise<ConversationStates> {
    const listed = await this.windows.listOpen(userId, after, STATES_PER_PAGE);
    const found = await this.withNumbers(listed);
    return { items: found.filter(({ window }) => window.open).map(toState), next: nextOf(listed) };
  }

  async listWindows({ userId, after }: ListByUser): Promise<WindowStatePage> {
    const listed = await this.windows.list(userId, after, STATES_PER_PAGE);
    return { items: (await this.withNumbers(listed)).map(toWindowState), next: nextOf(listed) };
  }

  async get({ userId, conversationIds }: GetStates): Promise<ConversationState[]> {
    return (await this.openOf(userId, conversationIds)).map(toState);
  }

  async previews({ userId, conversationIds }: GetStates): Promise<Record<string, Preview | null>> {
    const open = await this.openOf(userId, conversationIds);
    return Object.fromEntries(open.map(({ window, numbers }) => [window.conversationId, previewFor(window, numbers)]));
  }

  private async openOf(userId: UserId, conversationIds: readonly ConversationId[]): Promise<WindowWithNumbers[]> {
    const found = await this.withNumbers([...new Set(conversationIds)].map((conversationId) => ({ conversationId, userId })));
    return found.filter(({ window }) => window.open);
  }

  /** The windows are read last, also those that a page was made of: who is shut out while the numbers are read is shut out. */
  private async withNumbers(ids: readonly WindowId[]): Promise<WindowWithNumbers[]> {
    const numbers = await this.seqs.load(ids.map(({ conversationId }) => conversationId));
    const windows = await this.windows.load(ids);
    return ids.flatMap(({ conversationId, userId }) => {
      const [window, found] = [windows.get(windowKey(conversationId, userId)), numbers.get(conversationId)];
      return window && found ? [{ window, numbers: found }] : [];
    });
  }
}

function nextOf(listed: readonly UserWindow[]): ConversationId | null {
  return listed.length < STATES_PER_PAGE ? null : (listed.at(-1)?.conversationId ?? null);
}

function toState({ window, numbers }: WindowWithNumbers): ConversationState {
  return stateOf(window.conversationId, window, numbers);
}

/** A closed window is an empty one: what came after it closed is not its reader's business. */
function toWindowState({ window, numbers }: WindowWithNumbers): WindowState {
  const { conversationId, minSeq, maxSeq, readSeq } = toState({ window, numbers });
  const { open, changedAt } = window;
  return { conversationId, open, minSeq, maxSeq: open ? maxSeq : ((minSeq - 1) as Seq), readSeq, changedAt };
}
