import { Random } from './random.js';
import { SentBook } from './sent-book.js';

const send = (n: number) => ({ userId: 'alice', to: { userId: 'bob' }, clientMsgId: `m${n}`, content: {} });

describe('SentBook', () => {
  it('has nothing to repeat at first', () => {
    const book = new SentBook(new Random(1));
    expect([book.pick('recent'), book.pick('old')]).toEqual([undefined, undefined]);
  });

  it('keeps the latest sends, and of the others so many that memory stays bounded', () => {
    const book = new SentBook(new Random(1));
    for (let n = 0; n < 10_000; n++) book.add(send(n));
    const picks = (age: 'recent' | 'old') => Array.from({ length: 5000 }, () => Number(book.pick(age)?.clientMsgId.slice(1)));
    expect(new Set(picks('recent'))).toEqual(new Set(Array.from({ length: 20 }, (_, n) => 9980 + n)));
    const old = picks('old');
    expect(Math.max(...old)).toBeLessThan(9980);
    const firstHalf = old.filter((n) => n < 5000).length / old.length;
    expect(firstHalf).toBeGreaterThan(0.4);
    expect(firstHalf).toBeLessThan(0.6);
  });
});
