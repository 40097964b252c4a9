import fc from 'fast-check';
import { Cursors } from './cursors.js';

const ITEM = { messageId: 'a', senderId: 'bob', clientMsgId: 'c', digest: 'd' };
const message = (conversationId: string, seq: number) => ({ type: 'message', conversationId, seq, ...ITEM }) as const;

describe('Cursors', () => {
  it('reach the last seq before the first that did not come, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (seqs) => {
        const cursors = new Cursors();
        for (const seq of seqs) cursors.learn(message('c', seq));
        const came = new Set(seqs);
        let upTo = 0;
        while (came.has(upTo + 1)) upTo += 1;
        expect(cursors.upTo('c')).toBe(upTo);
        expect(cursors.lacks('c')).toBe(upTo < Math.max(0, ...seqs));
      }),
    );
  });

  it('tell of a conversation as long as something of it is lacking', () => {
    const cursors = new Cursors();
    const told: string[] = [];
    cursors.onLacking = (conversationId) => told.push(conversationId);
    cursors.learn(message('c', 1));
    cursors.learn(message('d', 2));
    cursors.learn({ type: 'hint', conversationId: 'e', maxSeq: 1 });
    cursors.learn(message('d', 1));
    expect(told).toEqual(['d', 'e']);
  });

  it('lack nothing from before the window', () => {
    const cursors = new Cursors();
    cursors.learn(message('c', 12));
    cursors.learn({ type: 'opened', conversationId: 'c', minSeq: 11, maxSeq: 10 });
    expect(cursors.lacking()).toEqual(['c']);
    cursors.learn(message('c', 11));
    expect([cursors.upTo('c'), cursors.lacking()]).toEqual([12, []]);
  });

  it('lack what a hint or a sync tells of, until it is there', () => {
    const cursors = new Cursors();
    cursors.learn({ type: 'hint', conversationId: 'c', maxSeq: 2 });
    cursors.learnAnswer(
      { type: 'sync', via: 'sync', cursors: {} },
      { type: 'sync', moved: [{ conversationId: 'd', minSeq: 5, maxSeq: 5, readSeq: 0 }], complete: true },
    );
    expect([cursors.lacking(), cursors.all()]).toEqual([['c', 'd'], { c: 0, d: 4 }]);
    const items = [1, 2].map((seq) => ({ conversationId: 'c', seq, ...ITEM }));
    const read = { type: 'history', conversationId: 'c', range: { afterSeq: 0 } } as const;
    cursors.learnAnswer(read, { type: 'history', items, minSeq: 1, maxSeq: 2, complete: true });
    expect(cursors.lacking()).toEqual(['d']);
  });

  it('count the answer to an own send as received', () => {
    const cursors = new Cursors();
    const send = { type: 'send', over: 'socket', to: { userId: 'bob' }, clientMsgId: 'm', digest: 'x' } as const;
    cursors.learnAnswer(send, { type: 'send', conversationId: 'c', seq: 1, messageId: 'a', replayed: false });
    expect(cursors.upTo('c')).toBe(1);
  });

  it('lack nothing of what the user may not read any more, and all that was written meanwhile when he may again', () => {
    const cursors = new Cursors();
    cursors.learn(message('c', 1));
    cursors.learn({ type: 'closed', conversationId: 'c', maxSeq: 3 });
    expect([cursors.lacking(), cursors.conversations()]).toEqual([[], []]);
    cursors.learn({ type: 'opened', conversationId: 'c', minSeq: 1, maxSeq: 4 });
    expect([cursors.lacking(), cursors.upTo('c')]).toEqual([['c'], 1]);
  });
});
