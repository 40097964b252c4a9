import type { Socket } from 'node:net';

/** What the lanes of a link have in common, and its faults change. */
export interface LinkConduct {
  /** Every byte is this late (ms). */
  latencyMs: number;
  /** Nothing passes; what is on its way stays there. */
  held: boolean;
  /** The next piece of data passes by half, then its connection ends. */
  tearing: boolean;
}

/** May change bytes on their way; may keep some back until the next call. */
export type Translate = (data: Buffer) => Buffer;

interface Parcel {
  dueAt: number;
  /** Undefined: the sender has ended its side. */
  data: Buffer | undefined;
}

const MOST_WAITING_BYTES = 1024 * 1024;

/** One direction of one connection: passes on, in order, what comes from one socket. */
export class LinkLane {
  private readonly parcels: Parcel[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly conduct: LinkConduct,
    translate: Translate = (data) => data,
  ) {
    from.on('data', (data: Buffer) => this.take(translate(data)));
    from.once('end', () => this.take(undefined));
    from.once('close', () => clearTimeout(this.timer));
    to.on('drain', () => this.resume());
    if (conduct.held) from.pause();
  }

  /** After the conduct has changed. */
  resume(): void {
    if (this.conduct.held) {
      this.from.pause();
      return;
    }
    this.pass();
    if (this.to.writableLength < MOST_WAITING_BYTES) this.from.resume();
  }

  private take(data: Buffer | undefined): void {
    if (data && this.conduct.tearing) {
      this.tear(data);
      return;
    }
    this.parcels.push({ dueAt: performance.now() + this.conduct.latencyMs, data });
    this.pass();
    if (this.conduct.held || this.to.writableLength >= MOST_WAITING_BYTES) this.from.pause();
  }

  private pass(): void {
    for (let next = this.parcels[0]; next && !this.conduct.held; next = this.parcels[0]) {
      const waitMs = next.dueAt - performance.now();
      if (waitMs > 0) {
        this.passIn(waitMs);
        return;
      }
      this.parcels.shift();
      if (next.data) this.to.write(next.data);
      else this.to.end();
    }
  }

  private passIn(waitMs: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.pass();
    }, waitMs);
  }

  private tear(data: Buffer): void {
    this.to.end(data.subarray(0, Math.ceil(data.length / 2)));
    this.from.resetAndDestroy();
  }
}
