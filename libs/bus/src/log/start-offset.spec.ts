import { startOffset } from './start-offset.js';

const state = { partition: 0, earliest: 10, latest: 20 };

describe('where a partition starts', () => {
  it.each([
    ['at the committed offset', 15, 15],
    ['at the earliest when nothing was committed', undefined, 10],
    ['at the earliest when retention took what was committed', 3, 10],
    ['at the earliest when the log ends before what was committed', 21, 10],
  ])('is %s', async (_, committed, start) => {
    expect(await startOffset({ ...state, committed }, undefined)).toBe(start);
  });

  it.each([
    [12, 12],
    [3, 10],
    [99, 20],
  ])('is what startAt says (%i), within what exists', async (wish, start) => {
    expect(await startOffset({ ...state, committed: 15 }, () => Promise.resolve(wish))).toBe(start);
  });
});
