import fc from 'fast-check';
import { offsetOf, placeOf, type ConversationId, type WindowState, type Seq } from '#contracts';
import { UserWindows } from './user-windows.js';

const TEAM = 'sg_team' as ConversationId;

interface Change {
  open: boolean;
  minSeq: Seq;
}

/** What was commanded of one window, at ascending places: it opens, closes, opens …, and at times it is what it is to become. */
const history = fc.array(fc.record({ open: fc.boolean(), minSeq: fc.integer({ min: 1, max: 21 }) as fc.Arbitrary<Seq> }), {
  minLength: 1,
  maxLength: 8,
});

/** What the message service holds when so many of them are decided: who is in already keeps his window as it is. */
function held(changes: readonly Change[], decided: number): WindowState | undefined {
  let state: WindowState | undefined;
  changes.slice(0, decided).forEach((change, index) => {
    if ((state?.open ?? false) !== change.open) state = snapshot(change, index);
  });
  return state;
}

function readable(windows: UserWindows): number[] {
  return Array.from({ length: 30 }, (_, seq) => seq).filter((seq) => windows.mayRead(TEAM, seq as Seq));
}

function readableOf(state: WindowState | undefined): number[] {
  return Array.from({ length: 30 }, (_, seq) => seq).filter((seq) => state?.open && seq >= state.minSeq);
}

function apply(windows: UserWindows, change: Change, index: number): void {
  windows.change(TEAM, { ...change, maxSeq: 0 as Seq, changedAt: placeOf(1, index) });
}

function snapshot({ open, minSeq }: Change, index: number): WindowState {
  return { conversationId: TEAM, open, minSeq, maxSeq: 9 as Seq, readSeq: 0 as Seq, changedAt: placeOf(1, index) };
}

describe('UserWindows', () => {
  it('ends in what the message service holds, though events of before come again', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(7)), (changes, late) => {
        const windows = new UserWindows();
        changes.forEach((change, index) => {
          apply(windows, change, index);
          const again = late.next().value as number;
          if (again <= index) apply(windows, changes[again]!, again);
        });
        expect(readable(windows)).toEqual(readableOf(held(changes, changes.length)));
      }),
      { numRuns: 1000 },
    );
  });

  it('ends in what the message service holds, wherever in the history an answer was read and whenever it comes', () => {
    fc.assert(
      fc.property(history, fc.nat(7), fc.nat(7), fc.nat(8), (changes, from, readAt, arrivesAt) => {
        // A socket enters before change `from`: it hears all later ones. The answer is read between that and its arrival.
        const read = Math.min(Math.max(from, readAt), changes.length);
        const arrives = Math.min(Math.max(read, arrivesAt), changes.length);
        const windows = new UserWindows();
        for (let index = Math.min(from, changes.length); index <= changes.length; index += 1) {
          const state = held(changes, read);
          if (index === arrives && state) windows.load(state);
          const change = changes[index];
          if (change) apply(windows, change, index);
        }
        expect(readable(windows)).toEqual(readableOf(held(changes, changes.length)));
      }),
      { numRuns: 3000 },
    );
  });

  it('ends in the last state after an answer, whatever came late of what was before it', () => {
    fc.assert(
      fc.property(history, fc.nat(7), fc.array(fc.nat(7)), (changes, readAt, late) => {
        const read = Math.min(readAt + 1, changes.length);
        const state = held(changes, read);
        if (!state) return;
        const windows = new UserWindows();
        windows.load(state);
        for (const index of late) if (index <= offsetOf(state.changedAt)) apply(windows, changes[index]!, index);
        expect(readable(windows)).toEqual(readableOf(state));
      }),
    );
  });

  it('keeps the window of who was in when he was let in again', () => {
    const windows = new UserWindows();
    windows.load(snapshot({ open: true, minSeq: 1 as Seq }, 5));
    expect(windows.change(TEAM, { open: true, minSeq: 10 as Seq, maxSeq: 9 as Seq, changedAt: placeOf(1, 6) })).toBe(false);
    expect(windows.mayRead(TEAM, 1 as Seq)).toBe(true);
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
