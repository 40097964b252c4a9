import type { Answer, Operation } from '../../history/history.js';
import type { Rule } from '../run/run.js';

type Ask = Extract<Operation, { type: 'history' }>;
type Page = Extract<Answer, { type: 'history' }>;

/** A page is what was asked for, clamped to the window: dense, cut at one end only, and `complete` exactly when nothing was cut. */
export const honestPages: Rule = (_run, findings) => ({
  call({ line, end, asked: { operation }, answer }) {
    if (operation.type !== 'history' || answer?.type !== 'history') return;
    const problem = problemOf(operation, answer);
    if (problem) findings.add('honest-pages', `a page of ${operation.conversationId}: ${problem}`, [line, end]);
  },
});

function problemOf({ conversationId, range }: Ask, { items, minSeq, maxSeq, complete }: Page): string | undefined {
  const { fromSeq = 1, toSeq = Infinity, afterSeq = 0, beforeSeq = Infinity } = range;
  const from = Math.max(fromSeq, afterSeq + 1, minSeq);
  const to = Math.min(toSeq, beforeSeq - 1, maxSeq);
  const stray = items.find((item) => item.conversationId !== conversationId);
  if (stray) return `seq ${stray.seq} is of ${stray.conversationId}`;
  const [first, last] = [items[0]?.seq, items.at(-1)?.seq];
  if (first === undefined || last === undefined) {
    if (from > to) return complete ? undefined : 'there was nothing to give, and it says that there is more';
    return `it is empty, and should have begun with ${from} to ${to}`;
  }
  const gap = items.find((item, i) => item.seq !== first + i);
  if (gap) return `seq ${gap.seq} comes where ${first + items.indexOf(gap)} should`;
  if (first < from || last > to) return `it has ${first} to ${last}, and ${from} to ${to} was asked for`;
  const latest = fromSeq === 1 && range.toSeq === undefined && range.afterSeq === undefined;
  if (latest ? last !== to : first !== from) return `it has ${first} to ${last} of ${from} to ${to}, and begins at the wrong end`;
  const whole = first === from && last === to;
  return whole === complete
    ? undefined
    : `it has ${first} to ${last} of ${from} to ${to}, and says that it is ${complete ? '' : 'not '}complete`;
}
