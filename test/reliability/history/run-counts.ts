import type { Answer, Operation, Push, ReturnLine } from './history.js';

/** What a run covered, for its last lines. Sends are counted by attempt: a send that is repeated counts again. */
export class RunCounts {
  calls = 0;
  sends = 0;
  sendsOk = 0;
  sendsReplayed = 0;
  sendsRefused = 0;
  sendsUnknown = 0;
  connections = 0;
  deliveries = 0;
  /** Of whatever operation: `<operation> <code>` and how often. */
  readonly refused: Record<string, number> = {};
  /** The same; without an answer it is `<operation> silence`. */
  readonly unknown: Record<string, number> = {};
  readonly pushes: Record<string, number> = {};

  called({ type }: Operation): void {
    this.calls += 1;
    if (type === 'send') this.sends += 1;
  }

  returned({ type }: Operation, outcome: ReturnLine['outcome'], code = 'silence', answer?: Answer): void {
    if (outcome !== 'ok') addOne(this[outcome], `${type} ${code}`);
    if (type !== 'send') return;
    if (outcome === 'ok') this.sendsOk += 1;
    if (outcome === 'refused') this.sendsRefused += 1;
    if (outcome === 'unknown') this.sendsUnknown += 1;
    if (answer?.type === 'send' && answer.replayed) this.sendsReplayed += 1;
  }

  pushed({ type }: Push): void {
    if (type === 'message') this.deliveries += 1;
    addOne(this.pushes, type);
  }
}

function addOne(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
