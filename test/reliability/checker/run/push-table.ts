import type { Connection } from './devices.js';
import type { StoredLog } from './stored-log.js';

/** Line, connection, conversation, and twice the seq with one more for a hint. */
const FIELDS = 4;
const FIRST_ROWS = 1 << 14;

/** A message that was pushed, or a hint that messages up to `seq` exist. */
export interface PushRow {
  line: number;
  connection: Connection;
  log: StoredLog;
  seq: number;
  hint: boolean;
}

/** Millions of pushes, 16 bytes each. */
export class PushTable {
  private rows = new Uint32Array(FIRST_ROWS * FIELDS);
  length = 0;

  constructor(
    private readonly connections: readonly Connection[],
    private readonly logs: readonly StoredLog[],
  ) {}

  add({ line, connection, log, seq, hint }: PushRow): void {
    const at = this.length * FIELDS;
    if (at === this.rows.length) {
      const larger = new Uint32Array(this.rows.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows.set([line, connection.number, log.number, seq * 2 + (hint ? 1 : 0)], at);
    this.length += 1;
  }

  *[Symbol.iterator](): Generator<PushRow> {
    for (let at = 0; at < this.length * FIELDS; at += FIELDS) {
      const connection = this.connections[this.rows[at + 1] ?? 0];
      const log = this.logs[this.rows[at + 2] ?? 0];
      const last = this.rows[at + 3] ?? 0;
      if (connection && log) yield { line: this.rows[at] ?? 0, connection, log, seq: last >>> 1, hint: last % 2 === 1 };
    }
  }
}
