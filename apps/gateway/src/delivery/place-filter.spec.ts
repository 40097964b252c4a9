import fc from 'fast-check';
import { placeOf } from '#contracts';
import { PlaceFilter } from './place-filter.js';

const event = fc.record({ partition: fc.nat(2), epoch: fc.nat(1), offset: fc.nat(5), part: fc.nat(2) });

describe('PlaceFilter', () => {
  it('lets through what is above everything let through before in its partition, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const filter = new PlaceFilter();
        const passed: { partition: number; key: number }[] = [];
        for (const { partition, epoch, offset, part } of events) {
          const key = epoch * 1000 + offset * 10 + part;
          const above = passed.every((one) => one.partition !== partition || one.key < key);
          expect(filter.isNew(partition, { place: placeOf(epoch, offset), part })).toBe(above);
          if (above) passed.push({ partition, key });
        }
      }),
    );
  });
});
