import type { Client, Operation, Push, ReturnLine } from './history.js';
import type { LineSink } from './line-sink.js';
import { RunCounts } from './run-counts.js';

/** What came of a call, without the envelope of its line. */
export type Returned = Pick<ReturnLine, 'outcome' | 'code' | 'answer'>;

/** Writes what clients do and see, as it happens; one for all clients of a run. */
export class Recorder {
  readonly counts = new RunCounts();
  private calls = 0;

  constructor(
    private readonly sink: LineSink,
    private readonly now: () => number = Date.now,
  ) {}

  /** The number of the call, for its return. */
  call(client: Client, operation: Operation): number {
    const call = ++this.calls;
    this.sink.append({ kind: 'call', at: this.now(), call, client, operation });
    this.counts.called(operation);
    return call;
  }

  returned(call: number, operation: Operation, { outcome, code, answer }: Returned): void {
    this.sink.append({
      kind: 'return',
      at: this.now(),
      call,
      outcome,
      ...(code !== undefined && { code }),
      ...(answer && { answer }),
    });
    this.counts.returned(operation, outcome, code, answer);
  }

  push(client: Client, push: Push): void {
    this.sink.append({ kind: 'push', at: this.now(), client, push });
    this.counts.pushed(push);
  }

  opened(client: Client, gateway: string): void {
    this.sink.append({ kind: 'socket', at: this.now(), client, event: 'open', gateway });
    this.counts.connections += 1;
  }

  closed(client: Client, gateway: string, closeCode: number): void {
    this.sink.append({ kind: 'socket', at: this.now(), client, event: 'closed', gateway, closeCode });
  }

  /** A fault, its healing, a phase. */
  mark(what: string): void {
    this.sink.append({ kind: 'mark', at: this.now(), what });
  }
}
