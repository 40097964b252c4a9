import { LIMITS, type ReadPage, type ReadRange, type Seq } from '#contracts';

/** Seqs from `from` to `to`, both inclusive; empty when `to < from`. */
export interface SeqRange {
  from: Seq;
  to: Seq;
}

/** Which end of a range stays when not all of it fits on the page. */
export type PageEnd = 'first' | 'last';

export interface HistoryRange extends SeqRange {
  keep: PageEnd;
  /** Whether the range is all that was asked for. */
  whole: boolean;
}

/** The part of `window` that a range asks for, at most a page of it from its beginning. */
export function rangeOf({ fromSeq, toSeq }: Pick<ReadRange, 'fromSeq' | 'toSeq'>, window: SeqRange): HistoryRange {
  return cut({ from: max(fromSeq, window.from), to: min(toSeq, window.to) }, 'first', LIMITS.maxPageMessages);
}

/** The page of `window` after a seq, or before one, or at its end. */
export function pageOf({ beforeSeq, afterSeq, limit }: Pick<ReadPage, 'beforeSeq' | 'afterSeq' | 'limit'>, window: SeqRange): HistoryRange {
  const from = afterSeq === undefined ? window.from : max((afterSeq + 1) as Seq, window.from);
  const to = beforeSeq === undefined ? window.to : min((beforeSeq - 1) as Seq, window.to);
  return cut({ from, to }, afterSeq === undefined ? 'last' : 'first', limit);
}

function cut({ from, to }: SeqRange, keep: PageEnd, limit: number): HistoryRange {
  const whole = to - from + 1 <= limit;
  if (whole) return { from, to, keep, whole };
  return keep === 'first' ? { from, to: (from + limit - 1) as Seq, keep, whole } : { from: (to - limit + 1) as Seq, to, keep, whole };
}

function max(a: Seq, b: Seq): Seq {
  return a > b ? a : b;
}

function min(a: Seq, b: Seq): Seq {
  return a < b ? a : b;
}
