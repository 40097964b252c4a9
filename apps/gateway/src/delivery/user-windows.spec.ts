import fc from 'fast-check';
import { placeOf, type ConversationId, type WindowState, type Seq } from '#contracts';
import { UserWindows } from './user-windows.js';

const TEAM = 'sg_team' as ConversationId;

interface Change {
  open: boolean;
  minSeq: Seq;
}

/** The history of one window: it opens, closes, opens … at ascending places. */
const history = fc
  .array(fc.nat(20), { minLength: 1, maxLength: 8 })
  .map((mins) => mins.map((min, index): Change => ({ open: index % 2 === 0, minSeq: (index % 2 === 0 ? min + 1 : 0) as Seq })));

function readable(windows: UserWindows): number[] {
  return Array.from({ length: 30 }, (_, seq) => seq).filter((seq) => windows.mayRead(TEAM, seq as Seq));
}

function apply(windows: UserWindows, change: Change, index: number): void {
  windows.change(TEAM, { ...change, maxSeq: 0 as Seq, changedAt: placeOf(1, index) });
}

function snapshot({ open, minSeq }: Change, index: number): WindowState {
  return { conversationId: TEAM, open, minSeq, maxSeq: 9 as Seq, readSeq: 0 as Seq, changedAt: placeOf(1, index) };
}

describe('UserWindows', () => {
  it('ends in the last state, in whatever order the events come', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (changes, random) => {
        const inOrder = new UserWindows();
        changes.forEach((change, index) => apply(inOrder, change, index));
        const shuffled = changes.map((change, index) => ({ change, index, key: random.next().value })).sort((a, b) => a.key - b.key);
        const anyOrder = new UserWindows();
        for (const { change, index } of shuffled) apply(anyOrder, change, index);
        expect(readable(anyOrder)).toEqual(readable(inOrder));
      }),
    );
  });

  it('ends in the last state, wherever in the history an answer was read and whenever it comes', () => {
    fc.assert(
      fc.property(history, fc.nat(7), fc.nat(7), fc.nat(8), (changes, from, readAt, arrivesAt) => {
        const all = new UserWindows();
        changes.forEach((change, index) => apply(all, change, index));
        // A socket enters before change `from`: it hears all later ones. The answer is read between that and its arrival.
        const read = Math.min(Math.max(from, readAt), changes.length);
        const arrives = Math.max(read, arrivesAt);
        const windows = new UserWindows();
        for (let index = Math.min(from, changes.length); index <= changes.length; index += 1) {
          const state = changes[read - 1];
          if (index === Math.min(arrives, changes.length) && state) windows.load(snapshot(state, read - 1));
          const change = changes[index];
          if (change) apply(windows, change, index);
        }
        expect(readable(windows)).toEqual(readable(all));
      }),
      { numRuns: 1000 },
    );
  });

  it('ends in the last state after an answer, whatever came late of what was before it', () => {
    fc.assert(
      fc.property(history, fc.nat(7), fc.array(fc.nat(7)), (changes, readAt, late) => {
        const read = Math.min(readAt, changes.length - 1);
        const windows = new UserWindows();
        windows.load(snapshot(changes[read]!, read));
        const before = readable(windows);
        for (const index of late) if (index <= read) apply(windows, changes[index]!, index);
        expect(readable(windows)).toEqual(before);
        expect(before.length > 0).toBe(changes[read]!.open);
      }),
    );
  });

  it('knows how far a window was read, though it was opened anew before the answer came, and never less', () => {
    const windows = new UserWindows();
    windows.change(TEAM, { open: true, minSeq: 1 as Seq, maxSeq: 20 as Seq, changedAt: placeOf(1, 6) });
    windows.load({ ...snapshot({ open: false, minSeq: 1 as Seq }, 5), readSeq: 15 as Seq });
    windows.load({ ...snapshot({ open: true, minSeq: 1 as Seq }, 6), readSeq: 14 as Seq });
    expect([...windows.entries()]).toEqual([[TEAM, expect.objectContaining({ open: true, readSeq: 15 })]]);
  });

  it('says whether a change was news', () => {
    const windows = new UserWindows();
    expect(windows.load(snapshot({ open: true, minSeq: 1 as Seq }, 5))).toBe(true);
    expect(windows.change(TEAM, { open: false, minSeq: 0 as Seq, maxSeq: 0 as Seq, changedAt: placeOf(1, 4) })).toBe(false);
    expect(windows.change(TEAM, { open: false, minSeq: 0 as Seq, maxSeq: 0 as Seq, changedAt: placeOf(1, 6) })).toBe(true);
    expect(windows.load(snapshot({ open: true, minSeq: 1 as Seq }, 5))).toBe(false);
  });
});
