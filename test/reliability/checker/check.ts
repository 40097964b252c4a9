import { Findings } from './findings.js';
import { historyLines, pickLines, type HistorySource } from './history-lines.js';
import type { Counts, Report } from './report.js';
import { ALL_RULES } from './rules/all-rules.js';
import { HistoryReader } from './run/read-history.js';
import { Run } from './run/run.js';
import { StoredLogs } from './run/stored-logs.js';
import { checkOutboxes, checkGroups } from './stored/check-services.js';
import { loadStored } from './stored/load-stored.js';
import type { StoredState } from './stored/stored-state.js';

export interface CheckOptions {
  /**
   * How long a push may take (ms, default 20,000): a gateway that was held up is behind its log for a while, so what was sent in the
   * last moments of a run may be fetched before it is pushed.
   */
  pushWithinMs?: number;
  /** Conversations that others wrote to, who are not in the history: an import beside the run. */
  foreign?: ReadonlySet<string>;
}

const DEFAULT_PUSH_WITHIN_MS = 20_000;

/** Whether a run kept every promise: what its clients did and saw, against what the servers hold in the end. */
export async function check(history: HistorySource, stored: StoredState, options: CheckOptions = {}): Promise<Report> {
  const findings = new Findings();
  const logs = new StoredLogs();
  await loadStored(stored, logs, findings);
  const counts = emptyCounts();
  counts.conversations = logs.all.length;
  counts.stored = logs.all.reduce((sum, { maxSeq }) => sum + maxSeq, 0);

  const run = new Run(logs, options.pushWithinMs ?? DEFAULT_PUSH_WITHIN_MS);
  run.foreign = options.foreign ?? run.foreign;
  const rules = ALL_RULES.map((rule) => rule(run, findings));
  const reader = new HistoryReader(run, rules, counts);
  for await (const [number, line] of historyLines(history)) reader.read(number, line);
  reader.end();
  if (run.lastQuiet !== undefined) {
    const waiting = await checkOutboxes(stored, findings);
    if (waiting === 0) await checkGroups(stored, logs, findings);
  }

  const { violations, totals } = findings;
  const evidence = await pickLines(history, new Set(violations.flatMap(({ lines }) => lines)));
  return { violations, totals, counts, evidence };
}

function emptyCounts(): Counts {
  const reads = { deliveries: 0, reads: 0, connections: 0 };
  return { lines: 0, calls: 0, sends: 0, answered: 0, unknown: 0, refused: 0, ...reads, conversations: 0, stored: 0 };
}
