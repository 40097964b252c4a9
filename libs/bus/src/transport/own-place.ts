import type { PartitionState, Train } from '../log/event-log.js';

export type StartFrom = 'beginning' | 'now';

/**
 * Where a broadcast stands in this process. What it builds lives in memory, so a new process starts where it was told to,
 * whatever an earlier one under its name had committed; and after a rebalance the same process goes on where it was.
 */
export class OwnPlace {
  private readonly next = new Map<number, number>();

  constructor(private readonly from: StartFrom) {}

  readonly startAt = (state: PartitionState): Promise<number> => {
    const first = this.from === 'now' ? state.latest : state.earliest;
    const place = Math.max(this.next.get(state.partition) ?? first, state.earliest);
    this.next.set(state.partition, place);
    return Promise.resolve(place);
  };

  readonly advance = ({ records }: Train): void => {
    for (const { partition, offset } of records) this.next.set(partition, offset + 1);
  };
}
