import { Random as Choices } from '../../workload/random.js';

/** Seeded choices, for lists that are never empty. */
export class Random extends Choices {
  /** From 0 to below `bound`. */
  below(bound: number): number {
    return this.whole(0, bound - 1);
  }

  /** Of a list that is not empty. */
  override pick<T>(items: readonly T[]): T {
    return super.pick(items) as T;
  }
}
