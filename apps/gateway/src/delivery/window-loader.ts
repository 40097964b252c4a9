import { MESSAGE_QUESTIONS, problem, type ConversationId, type WindowState, type UserId } from '#contracts';
import type { Bus } from '#bus';
import type { Clock } from '#kernel';
import type { ConnectedUser } from './connected-user.js';
import type { DeliveryMap } from './delivery-map.js';

/** Beyond it what was read first could be older than what RecentSeqs remembers. */
const DEADLINE_MS = 10_000;

/** Reads all windows of a connected user from the message service, and registers them for delivery. */
export class WindowLoader {
  constructor(
    private readonly bus: Bus,
    private readonly map: DeliveryMap,
    private readonly clock: Clock,
  ) {}

  /** In the order of their conversation ids, registered in the same step as this resolves. Throws `unavailable` or `timeout`. */
  async load(user: ConnectedUser): Promise<WindowState[]> {
    for (;;) {
      const { epoch } = user;
      const windows = await this.read(user.userId);
      // Events that were noted since the question, and thrown away with the old epoch, may have closed some of these.
      if (user.epoch !== epoch) continue;
      this.map.load(user, windows);
      return windows;
    }
  }

  private async read(userId: UserId): Promise<WindowState[]> {
    const startedAt = this.clock.now();
    const windows: WindowState[] = [];
    let after: ConversationId | null = null;
    do {
      const page = await this.page(userId, after);
      windows.push(...page.items);
      after = page.next;
      if (this.clock.now() - startedAt > DEADLINE_MS) throw problem('unavailable', `reading the windows of ${userId} took too long`);
    } while (after !== null);
    return windows;
  }

  private page(userId: UserId, after: ConversationId | null) {
    return this.bus.ask(MESSAGE_QUESTIONS.listWindows, userId, { userId, ...(after !== null && { after }) });
  }
}
