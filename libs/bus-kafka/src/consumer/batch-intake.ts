import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { FetchBuffer } from './fetch-buffer.js';
import { HEARTBEAT_MS } from './group-consumer.js';
import { receivedRecord } from './received-record.js';

/** The least time between two fetches: under load a fetch brings what several appends left, and an idle hop never waits for it. */
const FETCH_SPACING_MS = 8;

/** Moves fetched batches into the buffer at once, so that the next fetch departs while a train runs; holds them while it is full. */
export class BatchIntake {
  private fetchedAt = -Infinity;

  constructor(
    private readonly buffer: FetchBuffer,
    /** The partition ends below what was delivered already: it is not the log that it was. */
    private readonly onMovedBack: (partition: number) => void,
  ) {}

  fetchStarted(): void {
    this.fetchedAt = performance.now();
  }

  async take(payload: EachBatchPayload): Promise<void> {
    // Several batches may wait: each looks again, with nothing between its look and its push.
    while (this.buffer.full && payload.isRunning() && !payload.isStale()) await this.waitForRoom(payload);
    if (!payload.isRunning() || payload.isStale()) return;
    const { topic, partition, messages, highWatermark } = payload.batch;
    const records = messages.map((message) => receivedRecord(topic, partition, message));
    const outcome = this.buffer.push(partition, records, Number(highWatermark));
    if (outcome === 'movedBack') this.onMovedBack(partition);
    if (outcome !== 'taken') return;
    payload.resolveOffset(payload.batch.lastOffset());
    await this.space();
  }

  /** Goes on telling the group that this member lives; a rebalance ends the wait by rejecting the heartbeat. */
  private async waitForRoom(payload: EachBatchPayload): Promise<void> {
    const timer = new AbortController();
    const pause = sleep(HEARTBEAT_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([this.buffer.hasRoom(), pause]);
    timer.abort();
    await payload.heartbeat();
  }

  private async space(): Promise<void> {
    const restMs = this.fetchedAt + FETCH_SPACING_MS - performance.now();
    if (restMs > 0) await sleep(restMs);
  }
}
