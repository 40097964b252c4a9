import type { EventLog, PartitionState } from '#bus';
import type { ProgressRepository } from '../store/progress.repository.js';
import { HeldPartitions } from './held-partitions.js';
import { type PartitionCache, PartitionCaches } from './partition-cache.js';
import { ProgressLost } from './progress-lost.js';

/** Partitions that do not run, each with the reason. */
export type StoppedPartitions = Map<number, string>;

/** The partitions that this process believes to own, each with what it knows of it. */
export class Partitions {
  constructor(
    private readonly log: EventLog,
    private readonly progress: ProgressRepository,
    /** Why a partition does not run, for the health page. */
    private readonly stopped: StoppedPartitions,
    private readonly caches = new PartitionCaches(),
  ) {}

  /**
   * Takes a partition over with nothing remembered, and says where to start: at the smaller of what was published and what was
   * decided. Rejects when the log can't be the one that the progress was counted in.
   */
  async begin(state: PartitionState): Promise<number> {
    this.caches.delete(state.partition);
    const { log, epoch, offset } = await this.progress.loadOrBegin(state.partition, await this.log.identity());
    const start = Math.min(state.committed ?? state.earliest, offset);
    const reason = mismatch(state, start, { offset, log }, await this.log.identity());
    if (reason !== undefined) {
      this.stopped.set(state.partition, reason);
      throw new Error(`partition ${state.partition} is stopped: ${reason}`);
    }
    this.stopped.delete(state.partition);
    this.caches.begin(state.partition, { epoch, offset });
    return start;
  }

  forget(partitions: readonly number[]): void {
    for (const partition of partitions) {
      this.caches.delete(partition);
      this.stopped.delete(partition);
    }
  }

  /** What a train works with. Throws ProgressLost when one of its partitions was taken away while it was on its way. */
  hold(partitions: Iterable<number>): HeldPartitions {
    const held = new Map<number, PartitionCache>();
    for (const partition of partitions) {
      const cache = this.caches.get(partition);
      if (!cache) throw new ProgressLost();
      held.set(partition, cache);
    }
    return new HeldPartitions(held, this.caches);
  }
}

function mismatch(state: PartitionState, start: number, progress: { offset: number; log: string }, log: string): string | undefined {
  const then = 'if it is meant to take its place, stop the message services and run `hecto log adopt`';
  if (progress.log !== log) return `the progress belongs to log ${progress.log}, this is log ${log}; ${then}`;
  if (state.latest < progress.offset)
    return `the log ends at ${state.latest}, before ${progress.offset}, up to which it is decided; ${then}`;
  if (state.earliest > start) return `the log begins at ${state.earliest}, after ${start}, where to go on; ${then}`;
  return undefined;
}
