import type { AppendRecord, Train } from '../log/event-log.js';

export interface GroupPart {
  topic: string;
  group: string;
}

/** What a test can make an embedded log do that a real one does when machines fail. Each is asked at its moment; absent means no. */
export interface EmbeddedLogHooks {
  /** Asked after each resolved train; true: its records come again, as after a kill before the commit. */
  repeat?: (train: Train, of: GroupPart) => boolean;
  /** Asked when a subscription loses partitions; true: it is not told and goes on delivering them beside the new owner, until it stops. */
  zombie?: (partitions: readonly number[], of: GroupPart) => boolean;
  /** Asked before each commit; true: it never happens, and the subscription believes that it did. */
  loseCommit?: (offsets: ReadonlyMap<number, number>, of: GroupPart) => boolean;
  /** Asked before each append: `refuse` it as unavailable, or do it and `loseAnswer`, so that the caller can't know. */
  append?: (topic: string, records: readonly AppendRecord[]) => 'do' | 'refuse' | 'loseAnswer';
}
