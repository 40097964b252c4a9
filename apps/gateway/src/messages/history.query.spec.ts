import type { AppError } from '#kernel';
import { readInput } from '../input/read-input.js';
import { HistoryQuery, historyAsk } from './history.query.js';

const ask = (query: object) => historyAsk(readInput(HistoryQuery, query));
const refusal = (query: object): string => {
  try {
    ask(query);
  } catch (error) {
    return (error as AppError).code;
  }
  return 'taken';
};

describe('historyAsk', () => {
  it('is the latest page when nothing is said', () => {
    expect(ask({})).toEqual({ kind: 'page', limit: 50 });
  });

  it('is a page before or after a seq', () => {
    expect(ask({ beforeSeq: '10', limit: '5' })).toEqual({ kind: 'page', limit: 5, beforeSeq: 10 });
    expect(ask({ afterSeq: '0' })).toEqual({ kind: 'page', limit: 50, afterSeq: 0 });
  });

  it('is a range when both ends are named', () => {
    expect(ask({ fromSeq: '1', toSeq: '1' })).toEqual({ kind: 'range', fromSeq: 1, toSeq: 1 });
  });

  it.each([
    { beforeSeq: '-1' },
    { beforeSeq: '1.5' },
    { beforeSeq: '1e3' },
    { beforeSeq: '' },
    { beforeSeq: '9007199254740993' },
    { beforeSeq: ['1', '2'] },
    { limit: '0' },
    { limit: '51' },
    { fromSeq: '1' },
    { toSeq: '1' },
    { fromSeq: '2', toSeq: '1' },
    { beforeSeq: '1', afterSeq: '1' },
    { beforeSeq: '1', fromSeq: '1', toSeq: '2' },
    { more: '1' },
  ])('refuses %j', (query) => {
    expect(refusal(query)).toBe('invalid_request');
  });
});
