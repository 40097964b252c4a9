import type { Position } from '#bus';
import type { Waiting } from './append-ticket.js';

export interface BatchLimits {
  maxRecords: number;
  maxBytes: number;
}

/** One partition's records on their way, in order: a batch at a time is in flight, the others wait behind it. */
export class Lane {
  private readonly queue: Waiting[] = [];
  private inFlight: Waiting[] = [];

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly limits: BatchLimits,
  ) {}

  push(waiting: Waiting): void {
    this.queue.push(waiting);
  }

  /** Whether a batch could depart now. */
  get ready(): boolean {
    return this.inFlight.length === 0 && this.queue.length > 0;
  }

  /** Whether the next batch is full: waiting for more would add nothing to it. */
  get full(): boolean {
    return this.ready && this.queue.length > 1 && this.nextBatchLength() < this.queue.length;
  }

  get idle(): boolean {
    return this.inFlight.length === 0 && this.queue.length === 0;
  }

  /** The next batch departs; it is `batch` until it is appended or failed, however often it is sent. */
  depart(): void {
    this.inFlight = this.queue.splice(0, this.nextBatchLength());
  }

  get batch(): readonly Waiting[] {
    return this.inFlight;
  }

  appended(baseOffset: number): void {
    const batch = this.inFlight;
    this.inFlight = [];
    batch.forEach(({ ticket, index }, at) => {
      const position: Position = { partition: this.partition, offset: baseOffset + at };
      ticket.appended(index, position);
    });
  }

  /** The batch in flight is given up, and everything behind it too: a later record must not overtake one that its caller will repeat. */
  failed(error: unknown): void {
    const refused = [...this.inFlight, ...this.queue.splice(0)];
    this.inFlight = [];
    for (const { ticket } of refused) ticket.failed(error);
  }

  /** How many records from the head fit into one batch; the first always does. */
  private nextBatchLength(): number {
    let bytes = 0;
    const end = this.queue.findIndex((waiting, at) => {
      bytes += waiting.bytes;
      return at > 0 && (at >= this.limits.maxRecords || bytes > this.limits.maxBytes);
    });
    return end < 0 ? this.queue.length : end;
  }
}
