/** A call that puts a user into a group, or takes him out: it took effect, if at all, between the two lines. */
export interface MembershipCall {
  effect: 'in' | 'out';
  line: number;
  /** Infinity: it may take effect at any time after. */
  end: number;
  /** It was answered: it did take effect. Else it may have. */
  certain: boolean;
}

interface Interval {
  from: number;
  to: number;
  /** The lines that show it. */
  lines: number[];
}

/** When a user was certainly in a group, and when he certainly was not, by the calls of the history alone. */
export class Membership {
  private readonly inside: Interval[];
  private readonly outside: Interval[];

  constructor(calls: readonly MembershipCall[], createdInHistory: boolean) {
    this.inside = certain(calls, 'in');
    this.outside = certain(calls, 'out');
    if (createdInHistory) {
      const first = Math.min(...calls.filter(({ effect }) => effect === 'in').map(({ line }) => line));
      this.outside.push({ from: 0, to: first, lines: [] });
    }
    this.settledAt = Math.max(0, ...calls.map(({ end }) => end));
  }

  /** The line after which nothing changes it any more; Infinity: there is none. */
  readonly settledAt: number;

  /** Certainly a member all the time from one line to the other; the lines that say so, or undefined. */
  within(from: number, to: number): Interval | undefined {
    return this.inside.find((interval) => interval.from < from && to < interval.to);
  }

  /** Certainly none, all the time from one line to the other. */
  without(from: number, to: number): Interval | undefined {
    return this.outside.find((interval) => interval.from <= from && to < interval.to);
  }
}

/** From the return of a call to the first call of the opposite, unless such a one was under way. */
function certain(calls: readonly MembershipCall[], effect: MembershipCall['effect']): Interval[] {
  const opposite = calls.filter((call) => call.effect !== effect);
  return calls.flatMap(({ effect: own, certain: sure, line, end }) => {
    if (own !== effect || !sure || opposite.some((other) => other.line <= end && other.end >= line)) return [];
    const to = Math.min(...opposite.filter((other) => other.line > end).map((other) => other.line));
    return [{ from: end, to, lines: [line, end] }];
  });
}
