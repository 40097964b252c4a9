import type { PartitionState } from '#bus';
import type { Progress } from '../../../message/src/store/progress.repository.js';

export interface Adoption {
  partition: number;
  /** Where it stood; undefined: never worked on. */
  from: Progress | undefined;
  /** The first offset of the log that is here now. */
  to: number;
  /** Why the partition does not run as it is; undefined: it could go on. */
  reason: string | undefined;
}

/** What adopting would do to each partition, and whether it is needed. */
export function adoptions(identity: string, ranges: readonly PartitionState[], progress: ReadonlyMap<number, Progress>): Adoption[] {
  return ranges.map((range) => {
    const from = progress.get(range.partition);
    return { partition: range.partition, from, to: range.earliest, reason: from && whyNotOn(identity, range, from) };
  });
}

function whyNotOn(identity: string, { earliest, latest }: PartitionState, { log, offset }: Progress): string | undefined {
  if (log !== identity) return `belongs to log ${log}`;
  if (latest < offset) return `the log ends at ${latest}, before ${offset}`;
  if (earliest > offset) return `the log begins at ${earliest}, after ${offset}`;
  return undefined;
}
