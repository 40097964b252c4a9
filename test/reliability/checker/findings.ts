import type { PromiseName } from './promises.js';

/** A promise that was broken. */
export interface Violation {
  promise: PromiseName;
  /** What happened, in one line. */
  statement: string;
  /** Of the history, counted from 1: the calls, answers and pushes that show it. */
  lines: number[];
  /** Documents, slots and log positions that show it. */
  stored: string[];
}

const KEPT_PER_PROMISE = 10;

/** Keeps the smallest counter-examples of each promise, and counts all. */
export class Findings {
  private readonly byPromise = new Map<PromiseName, { total: number; kept: Violation[] }>();

  add(promise: PromiseName, statement: string, lines: readonly number[] = [], stored: readonly string[] = []): void {
    const of = this.byPromise.get(promise) ?? { total: 0, kept: [] };
    this.byPromise.set(promise, of);
    of.total += 1;
    const known = [...new Set(lines)].filter((line) => line > 0 && Number.isFinite(line)).sort((a, b) => a - b);
    of.kept.push({ promise, statement, lines: known, stored: [...stored] });
    if (of.kept.length >= 2 * KEPT_PER_PROMISE) of.kept = smallest(of.kept);
  }

  get violations(): Violation[] {
    return [...this.byPromise.values()].flatMap(({ kept }) => smallest(kept));
  }

  /** How often each promise was broken. */
  get totals(): Map<PromiseName, number> {
    return new Map([...this.byPromise].map(([promise, { total }]) => [promise, total]));
  }
}

function smallest(violations: readonly Violation[]): Violation[] {
  return [...violations].sort((a, b) => a.lines.length - b.lines.length).slice(0, KEPT_PER_PROMISE);
}
