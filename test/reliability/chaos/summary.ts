import type { RunCounts } from '../history/run-counts.js';
import type { Played } from './play.js';

export interface Summary {
  seed: number;
  seconds: number;
  played: Played;
  counts: RunCounts;
  endedAlone: ReadonlyMap<string, number>;
}

/** What a run covered. */
export function renderSummary({ seed, seconds, played, counts, endedAlone }: Summary): string {
  const faults = [...played.values()].reduce((sum, count) => sum + count, 0);
  const alone = [...endedAlone].map(([name, count]) => `${name} ${count}×`).join(', ');
  return [
    `Seed ${seed}, ${Math.round(seconds)} s, ${faults} faults of ${played.size} kinds: ${list(Object.fromEntries(played))}`,
    `${counts.sends} sends: ${counts.sendsOk} answered (${counts.sendsReplayed} of them again), ${counts.sendsRefused} refused, ${counts.sendsUnknown} unknown`,
    `${counts.calls} calls in all, ${counts.connections} connections, ${counts.deliveries} deliveries`,
    `refused: ${list(counts.refused)}`,
    `unknown: ${list(counts.unknown)}`,
    `processes that ended by themselves: ${alone || 'none'}`,
  ].join('\n');
}

function list(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return entries.map(([name, count]) => `${name} ${count}`).join(', ') || 'nothing';
}
