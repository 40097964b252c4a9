import type {
  ConversationId,
  ConversationState,
  ConversationStates,
  GetStates,
  ListByUser,
  WindowStatePage,
  Preview,
  UserId,
} from '#contracts';
import type { ConversationNumbers, SeqRepository } from '../store/seq.repository.js';
import type { UserWindow, UserWindowRepository } from '../store/user-window.repository.js';
import { windowKey } from '../train/train-state.js';
import { previewFor, stateOf } from './conversation-state.js';

/** States in one answer: about 130 bytes each, and an answer is one record. */
const STATES_PER_PAGE = 2000;

interface WindowWithNumbers {
  window: UserWindow;
  numbers: ConversationNumbers;
}

/** What a user's lists are made of: two finds a page, whatever he is a member of. */
export class ConversationStatesService {
  constructor(
    private readonly windows: UserWindowRepository,
    private readonly seqs: SeqRepository,
  ) {}

  async list({ userId, after }: ListByUser): Promise<ConversationStates> {
    const { found, next } = await this.pageOf(await this.windows.listOpen(userId, after, STATES_PER_PAGE));
    return { items: found.map(toState), next };
  }

  async listWindows({ userId, after }: ListByUser): Promise<WindowStatePage> {
    const { found, next } = await this.pageOf(await this.windows.list(userId, after, STATES_PER_PAGE));
    const items = found.map(({ window, numbers }) => {
      const { conversationId, minSeq, maxSeq, readSeq } = stateOf(window.conversationId, window, numbers);
      return { conversationId, open: window.open, minSeq, maxSeq, readSeq, changedAt: window.changedAt };
    });
    return { items, next };
  }

  async get({ userId, conversationIds }: GetStates): Promise<ConversationState[]> {
    return (await this.openOf(userId, conversationIds)).map(toState);
  }

  async previews({ userId, conversationIds }: GetStates): Promise<Record<string, Preview | null>> {
    const open = await this.openOf(userId, conversationIds);
    return Object.fromEntries(open.map(({ window, numbers }) => [window.conversationId, previewFor(window, numbers)]));
  }

  private async pageOf(windows: readonly UserWindow[]): Promise<{ found: WindowWithNumbers[]; next: ConversationId | null }> {
    const numbers = await this.seqs.load(windows.map(({ conversationId }) => conversationId));
    const next = windows.length < STATES_PER_PAGE ? null : (windows.at(-1)?.conversationId ?? null);
    return { found: windows.flatMap((window) => withNumbers(window, numbers)), next };
  }

  private async openOf(userId: UserId, conversationIds: readonly ConversationId[]): Promise<WindowWithNumbers[]> {
    const ids = [...new Set(conversationIds)];
    const numbers = await this.seqs.load(ids);
    const windows = await this.windows.load(ids.map((conversationId) => ({ conversationId, userId })));
    return ids.flatMap((id) => {
      const window = windows.get(windowKey(id, userId));
      return window?.open ? withNumbers(window, numbers) : [];
    });
  }
}

function withNumbers(window: UserWindow, numbers: ReadonlyMap<ConversationId, ConversationNumbers>): WindowWithNumbers[] {
  const found = numbers.get(window.conversationId);
  return found ? [{ window, numbers: found }] : [];
}

function toState({ window, numbers }: WindowWithNumbers): ConversationState {
  return stateOf(window.conversationId, window, numbers);
}
