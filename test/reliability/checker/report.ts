import type { HistoryLine } from '../history/history.js';
import type { Violation } from './findings.js';
import type { PromiseName } from './promises.js';

/** How much a run has tried. */
export interface Counts {
  lines: number;
  calls: number;
  sends: number;
  answered: number;
  unknown: number;
  refused: number;
  /** Messages that were pushed. */
  deliveries: number;
  /** Answers of history, sync, list and read. */
  reads: number;
  connections: number;
  conversations: number;
  /** Messages that the servers hold. */
  stored: number;
}

export interface Report {
  /** The smallest of each promise; none: the run is green. */
  violations: Violation[];
  /** All of them, those that are not listed too. */
  totals: ReadonlyMap<PromiseName, number>;
  counts: Counts;
  /** The lines that the violations name. */
  evidence: ReadonlyMap<number, HistoryLine>;
}
