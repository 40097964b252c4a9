import { deferred } from '#kernel';
import type { AppendRecord, Position } from '#bus';

/** One call of `append`: it is answered when each of its records is. */
export class AppendTicket {
  private readonly positions: Position[];
  private readonly answer = deferred<Position[]>();
  private open: number;

  constructor(readonly records: readonly AppendRecord[]) {
    this.positions = new Array<Position>(records.length);
    this.open = records.length;
    if (this.open === 0) this.answer.resolve([]);
  }

  get answered(): Promise<Position[]> {
    return this.answer.promise;
  }

  appended(index: number, position: Position): void {
    this.positions[index] = position;
    this.open -= 1;
    if (this.open === 0) this.answer.resolve(this.positions);
  }

  failed(error: unknown): void {
    this.answer.reject(error);
  }
}

/** A record on its way, and which record of which call it is. */
export interface Waiting {
  ticket: AppendTicket;
  index: number;
  record: AppendRecord;
  bytes: number;
}
