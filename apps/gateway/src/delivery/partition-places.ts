import type { PartitionState, ReceivedRecord } from '#bus';

/** Where this process stands in each partition: it starts at the end, goes on where it was, and notices when it can't. */
export class PartitionPlaces {
  private readonly next = new Map<number, number>();

  /** `jumped`: records between where we stood and `offset` were not read, and won't be. */
  startAt({ partition, earliest, latest }: PartitionState): { offset: number; jumped: boolean } {
    const stood = this.next.get(partition);
    const jumped = stood !== undefined && (stood < earliest || stood > latest);
    const offset = stood === undefined || jumped ? latest : stood;
    this.next.set(partition, offset);
    return { offset, jumped };
  }

  /** Whether records are missing before this one. */
  skips({ partition, offset }: Pick<ReceivedRecord, 'partition' | 'offset'>): boolean {
    const stood = this.next.get(partition);
    this.next.set(partition, offset + 1);
    return stood !== undefined && offset > stood;
  }
}
