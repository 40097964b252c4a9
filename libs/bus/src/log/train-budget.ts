import type { ReceivedRecord } from './event-log.js';
import { recordBytes } from './record-size.js';
import type { TrainLimits } from './train-loop.js';

/** What a train still has room for. The first record always fits, however large it is. */
export class TrainBudget {
  private records = 0;
  private bytes = 0;

  constructor(private readonly limits: TrainLimits) {}

  /** The most records that may still fit. */
  get room(): number {
    return this.limits.maxRecords - this.records;
  }

  /** Whether the record fits; if so it is in. */
  admits(record: ReceivedRecord): boolean {
    const bytes = this.bytes + recordBytes(record);
    if (this.records > 0 && (this.room <= 0 || bytes > this.limits.maxBytes)) return false;
    this.records += 1;
    this.bytes = bytes;
    return true;
  }
}
