import type { Answer } from '../history/history.js';
import type { Cursors } from './cursors.js';
import { portionsOf, restOf, type Portion } from './portions.js';
import type { Puller } from './puller.js';
import type { Requests } from './requests.js';

export interface Synced {
  /** Whether every conversation was looked at. */
  complete: boolean;
  moved: number;
}

/** Learns what moved while a device was away, and has it pulled. */
export class CatchUp {
  private running = 0;

  constructor(
    private readonly requests: Requests,
    private readonly cursors: Cursors,
    private readonly puller: Puller,
    private readonly onProgress: () => void,
  ) {}

  get isIdle(): boolean {
    return this.running === 0;
  }

  /** After a `connect` with `resume`. */
  resume(sync: Extract<Answer, { type: 'sync' }>): void {
    this.cursors.learnAnswer({ type: 'sync', via: 'connect', cursors: {} }, sync);
    this.puller.pullLacking();
    if (!sync.complete) void this.sync();
  }

  /** Asks for everything, in portions. */
  async sync(): Promise<Synced> {
    this.running += 1;
    let moved = 0;
    let complete = true;
    for (const portion of portionsOf(this.cursors.all())) {
      const synced = await this.syncPortion(portion);
      moved += synced.moved;
      complete &&= synced.complete;
    }
    this.running -= 1;
    this.onProgress();
    return { complete, moved };
  }

  private async syncPortion(portion: Portion): Promise<Synced> {
    let moved = 0;
    let rest = portion;
    for (;;) {
      const outcome = await this.requests.persist({ type: 'sync', via: 'sync', ...rest });
      if (outcome.outcome !== 'ok' || outcome.answer.type !== 'sync') return { complete: false, moved };
      this.puller.pullLacking();
      moved += outcome.answer.moved.length;
      const { complete, next } = outcome.answer;
      if (complete || next === undefined) return { complete, moved };
      rest = restOf(rest, next);
    }
  }
}
