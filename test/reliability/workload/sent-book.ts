import type { Send } from '../client/sender.js';
import type { Random } from './random.js';

export interface RememberedSend extends Send {
  userId: string;
}

const RECENT = 20;
const OLD = 2000;

/** Sends that may be repeated: the latest ones, and some of all the others. */
export class SentBook {
  private readonly recent: RememberedSend[] = [];
  private readonly old: RememberedSend[] = [];
  private seen = 0;

  constructor(private readonly random: Random) {}

  add(send: RememberedSend): void {
    this.recent.push(send);
    const leaving = this.recent.length > RECENT ? this.recent.shift() : undefined;
    if (!leaving) return;
    this.seen += 1;
    // Each send so far is among the old ones with the same chance.
    const place = this.old.length < OLD ? this.old.length : this.random.whole(0, this.seen - 1);
    if (place < OLD) this.old[place] = leaving;
  }

  pick(age: 'recent' | 'old'): RememberedSend | undefined {
    return this.random.pick(age === 'recent' ? this.recent : this.old);
  }
}
