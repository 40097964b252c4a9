import type { HistoryLine } from './history.js';

/** Where the lines of a history go, in the order of the calls. */
export interface LineSink {
  append(line: HistoryLine): void;
}
