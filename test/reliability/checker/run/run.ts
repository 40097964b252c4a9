import type { Answer, CallLine, PushLine, ReturnLine } from '../../history/history.js';
import type { Findings } from '../findings.js';

import { Devices, type Device } from './devices.js';
import { Groups } from './groups.js';
import { PushTable } from './push-table.js';
import { Sends } from './sends.js';
import type { StoredLogs } from './stored-logs.js';

/** A call with what came of it. `end`: the line of its return; Infinity: it has none. */
export interface Call {
  line: number;
  end: number;
  device: Device;
  asked: CallLine;
  outcome: ReturnLine['outcome'];
  code: string | undefined;
  answer: Answer | undefined;
}

/** What a run was, indexed: built line by line, then asked by the rules. */
export class Run {
  readonly sends = new Sends();
  readonly devices = new Devices();
  readonly groups = new Groups();
  readonly pushes: PushTable;
  /** The lines of the marks that say that all is quiet. */
  readonly quiet: number[] = [];
  /** The line of the latest mark that says that MongoDB was restored from a backup, and has what the log has; -1: it never was. */
  restoredAt = -1;
  /** The line of the latest `resync` push of each connection. */
  readonly resyncs = new Map<number, number>();
  /** Conversations that others wrote to, who are not in the history. */
  foreign: ReadonlySet<string> = new Set();
  /** The latest time of any line. */
  endedAt = 0;

  constructor(
    readonly logs: StoredLogs,
    /** How long a push may take, ms. */
    readonly pushWithinMs: number,
  ) {
    this.pushes = new PushTable(this.devices.connections, logs.all);
  }

  /** The line from which on nothing is under way; undefined: the run never said so. */
  get lastQuiet(): number | undefined {
    return this.quiet.at(-1);
  }
}

/** What a rule wants to hear while the history is read. What `known` says is what was known before. */
export interface Listener {
  /** Every call in the order of the returns, then those without one. */
  call?(call: Call): void;
  push?(line: number, push: PushLine): void;
  /** The history is over. */
  end?(): void;
}

export type Rule = (run: Run, findings: Findings) => Listener;
