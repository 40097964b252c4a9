import type { PartitionState, SubscribeOptions } from './event-log.js';

/** Where a partition starts: what `startAt` says, kept within the range that exists; by default the committed offset, else the earliest. */
export async function startOffset(state: PartitionState, startAt: SubscribeOptions['startAt']): Promise<number> {
  if (startAt) return Math.min(Math.max(await startAt(state), state.earliest), state.latest);
  const { committed, earliest, latest } = state;
  // A committed offset that the log doesn't reach belongs to a log that was lost; one below it to records that retention took.
  return committed !== undefined && committed >= earliest && committed <= latest ? committed : earliest;
}
