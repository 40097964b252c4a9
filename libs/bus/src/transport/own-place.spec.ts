import { OwnPlace } from './own-place.js';

const state = (more: object = {}) => ({ partition: 1, committed: 3, earliest: 2, latest: 9, ...more });
const handled = (offset: number) => ({
  records: [{ topic: 't', partition: 1, offset, key: 'k', value: Buffer.alloc(0), headers: {}, timestamp: 0 }],
});

describe('the place of a broadcast', () => {
  it('begins where it was told to, whatever was committed', async () => {
    expect(await new OwnPlace('now').startAt(state())).toBe(9);
    expect(await new OwnPlace('beginning').startAt(state())).toBe(2);
  });

  it('goes on after a rebalance where this process was, not at what came meanwhile', async () => {
    const place = new OwnPlace('now');
    await place.startAt(state());
    expect(await place.startAt(state({ latest: 20 }))).toBe(9);
    place.advance(handled(12));
    expect(await place.startAt(state({ latest: 20 }))).toBe(13);
  });

  it('never asks for what is not kept any more', async () => {
    const place = new OwnPlace('beginning');
    await place.startAt(state());
    expect(await place.startAt(state({ earliest: 7 }))).toBe(7);
  });
});
