import fc from 'fast-check';
import { AppendTicket } from './append-ticket.js';
import { Lane } from './lane.js';

const LIMITS = { maxRecords: 5, maxBytes: 1_000 };

describe('a lane', () => {
  it('lets batches depart in order, one at a time, within the limits that a broker has for a batch', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const lane = new Lane('t', 0, LIMITS);
        const waiting = sizes.map((bytes) => waitingOf(bytes));
        for (const one of waiting) lane.push(one);
        const departed = [];
        for (let offset = 0; lane.ready;) {
          lane.depart();
          const { batch } = lane;
          expect(lane.ready).toBe(false);
          expect(batch.length).toBeLessThanOrEqual(LIMITS.maxRecords);
          expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(LIMITS.maxBytes);
          departed.push(...batch);
          lane.appended(offset);
          offset += batch.length;
        }
        expect(departed).toEqual(waiting);
        expect(lane.idle).toBe(true);
      }),
    );
  });

  it('answers each record with its place behind the first of its batch', async () => {
    const lane = new Lane('t', 3, LIMITS);
    const all = [waitingOf(1), waitingOf(1)];
    for (const one of all) lane.push(one);
    lane.depart();
    lane.appended(40);
    expect(await Promise.all(all.map(({ ticket }) => ticket.answered))).toEqual([
      [{ partition: 3, offset: 40 }],
      [{ partition: 3, offset: 41 }],
    ]);
  });

  it('refuses with a failed batch everything behind it, and takes what comes after', async () => {
    const lane = new Lane('t', 0, { ...LIMITS, maxRecords: 1 });
    const all = [waitingOf(1), waitingOf(1), waitingOf(1)];
    for (const one of all) lane.push(one);
    lane.depart();
    lane.failed(new Error('away'));
    const settled = await Promise.allSettled(all.map(({ ticket }) => ticket.answered));
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(lane.idle).toBe(true);
    lane.push(waitingOf(1));
    expect(lane.ready).toBe(true);
  });
});

function waitingOf(bytes: number) {
  const record = { key: 'k', value: Buffer.alloc(0) };
  return { ticket: new AppendTicket([record]), index: 0, record, bytes };
}
