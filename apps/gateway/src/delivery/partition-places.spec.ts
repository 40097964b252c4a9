import { PartitionPlaces } from './partition-places.js';

const state = (earliest: number, latest: number) => ({ partition: 0, committed: 3, earliest, latest });

describe('PartitionPlaces', () => {
  it('starts at the end, whatever an earlier process committed', () => {
    expect(new PartitionPlaces().startAt(state(0, 10))).toEqual({ offset: 10, jumped: false });
  });

  it('goes on where it was after a rejoin', () => {
    const places = new PartitionPlaces();
    places.startAt(state(0, 10));
    expect(places.skips({ partition: 0, offset: 10 })).toBe(false);
    expect(places.startAt(state(0, 20))).toEqual({ offset: 11, jumped: false });
  });

  it('notices that records are gone, or that the log is another', () => {
    const places = new PartitionPlaces();
    places.startAt(state(0, 10));
    expect(places.startAt(state(15, 20))).toEqual({ offset: 20, jumped: true });
    expect(places.startAt(state(0, 5))).toEqual({ offset: 5, jumped: true });
  });

  it('notices a hole between two records', () => {
    const places = new PartitionPlaces();
    places.startAt(state(0, 10));
    expect(places.skips({ partition: 0, offset: 12 })).toBe(true);
    expect(places.skips({ partition: 0, offset: 13 })).toBe(false);
    expect(places.skips({ partition: 0, offset: 11 })).toBe(false);
  });
});
