import fc from 'fast-check';
import type { Bus } from '#bus';
import { placeOf, type ConversationId, type Cursors, type WindowState, type Seq, type UserId } from '#contracts';
import { SyncService } from './sync.service.js';

const ALICE = 'alice' as UserId;
const id = (number: number) => `sg_g${String(number).padStart(5, '0')}` as ConversationId;

/** The message service's answers, a few windows a page. */
function serviceOver(windows: readonly WindowState[], pageSize: number): SyncService {
  const ask = (_: unknown, __: string, { after }: { after?: ConversationId }) => {
    const behind = windows.filter(({ conversationId }) => after === undefined || conversationId > after);
    const items = behind.slice(0, pageSize);
    return Promise.resolve({ items, next: behind.length > pageSize ? (items.at(-1)?.conversationId ?? null) : null });
  };
  return new SyncService({ ask } as unknown as Bus);
}

const windowOf = (number: number, maxSeq: number): WindowState => ({
  conversationId: id(number),
  open: true,
  minSeq: 1 as Seq,
  maxSeq: maxSeq as Seq,
  readSeq: 0 as Seq,
  changedAt: placeOf(1, 1),
});

describe('SyncService', () => {
  it('finds exactly what moved, however it is paged, when the client goes on until it is complete', async () => {
    const arbitrary = fc.record({
      maxSeqs: fc.array(fc.nat(3), { maxLength: 60 }),
      cursors: fc.dictionary(fc.nat(60).map(String), fc.nat(3)),
      pageSize: fc.integer({ min: 1, max: 7 }),
      after: fc.option(fc.nat(60), { nil: undefined }),
      through: fc.option(fc.nat(60), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ maxSeqs, cursors, pageSize, after, through }) => {
        const windows = maxSeqs.map((maxSeq, number) => windowOf(number, maxSeq));
        const sync = serviceOver(windows, pageSize);
        const named = Object.fromEntries(Object.entries(cursors).map(([number, seq]) => [id(Number(number)), seq])) as Cursors;
        const found: string[] = [];
        let from = after === undefined ? undefined : id(after);
        for (;;) {
          const range = { ...(from !== undefined && { after: from }), ...(through !== undefined && { through: id(through) }) };
          const { moved, complete, next } = await sync.sync(ALICE, { cursors: named, ...range });
          found.push(...moved.map(({ conversationId }) => conversationId));
          if (complete) break;
          from = next ?? undefined;
        }
        const expected = maxSeqs.flatMap((maxSeq, number) => {
          const inRange = (after === undefined || number > after) && (through === undefined || number <= through);
          return inRange && maxSeq > (cursors[String(number)] ?? 0) ? [id(number)] : [];
        });
        expect(found).toEqual(expected);
      }),
    );
  });

  it('leaves out what is closed, and goes on behind it', async () => {
    const closed = (number: number) => ({ ...windowOf(number, 5), open: false });
    const sync = serviceOver([windowOf(0, 5), closed(1), closed(2), windowOf(3, 5), closed(4)], 2);
    const { moved, complete } = await sync.sync(ALICE, { cursors: {} });
    expect([moved.map(({ conversationId }) => conversationId), complete]).toEqual([[id(0), id(3)], true]);
  });

  it('names at most 200 in one answer', async () => {
    const sync = serviceOver(
      Array.from({ length: 300 }, (_, number) => windowOf(number, 1)),
      1000,
    );
    const first = await sync.sync(ALICE, { cursors: {} });
    expect([first.moved.length, first.complete, first.next]).toEqual([200, false, id(199)]);
    const rest = await sync.sync(ALICE, { cursors: {}, after: id(199) });
    expect([rest.moved.length, rest.complete, rest.next]).toEqual([100, true, null]);
  });
});
