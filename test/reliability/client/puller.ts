import { setTimeout as sleep } from 'node:timers/promises';
import type { Cursors } from './cursors.js';
import type { Requests } from './requests.js';

const AT_ONCE = 4;
const RETRY_MS = 200;
/** As docs/protocol.md says: so long what lies between may still come by itself. */
const GAP_MS = 300;

/** Fetches by `history` what a device lacks, a few conversations at a time. */
export class Puller {
  private readonly waiting = new Set<string>();
  private readonly active = new Set<string>();
  private readonly suspects = new Set<string>();
  private looker: NodeJS.Timeout | undefined;

  constructor(
    private readonly requests: Requests,
    private readonly cursors: Cursors,
    private readonly onProgress: () => void,
  ) {}

  get isIdle(): boolean {
    return this.waiting.size + this.active.size + this.suspects.size === 0;
  }

  /** There is something beyond a gap: it is pulled unless the gap closes soon. */
  suspect(conversationId: string): void {
    this.suspects.add(conversationId);
    this.looker ??= setTimeout(() => this.lookAtSuspects(), GAP_MS);
  }

  pullLacking(): void {
    for (const conversationId of this.cursors.lacking()) this.pull(conversationId);
  }

  pull(conversationId: string): void {
    if (this.active.has(conversationId) || !this.cursors.lacks(conversationId)) return;
    this.waiting.add(conversationId);
    this.next();
  }

  /** The connection has ended. */
  end(): void {
    clearTimeout(this.looker);
    this.suspects.clear();
    this.waiting.clear();
  }

  private lookAtSuspects(): void {
    this.looker = undefined;
    const suspects = [...this.suspects];
    this.suspects.clear();
    for (const conversationId of suspects) this.pull(conversationId);
    this.onProgress();
  }

  private next(): void {
    for (const conversationId of this.waiting) {
      if (this.active.size >= AT_ONCE) return;
      this.waiting.delete(conversationId);
      this.active.add(conversationId);
      void this.pullPages(conversationId).finally(() => {
        this.active.delete(conversationId);
        this.onProgress();
        this.next();
      });
    }
  }

  private async pullPages(conversationId: string): Promise<void> {
    while (this.cursors.lacks(conversationId)) {
      const afterSeq = this.cursors.upTo(conversationId);
      const outcome = await this.requests.persist({ type: 'history', conversationId, range: { afterSeq } });
      if (outcome.outcome === 'refused') this.cursors.unreadable(conversationId);
      if (outcome.outcome !== 'ok') return;
      // What was heard of is stored: an answer without it is a fault of the server's, and the run won't become quiet.
      if (this.cursors.upTo(conversationId) === afterSeq) await sleep(RETRY_MS);
    }
  }
}
