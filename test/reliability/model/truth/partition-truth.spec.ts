import fc from 'fast-check';
import { receivedRecord } from '../small-log.js';
import { entry } from '../testing/entry.arbitrary.suite.js';
import { Trains, twin } from '../testing/trains.suite.js';
import { PartitionTruth } from './partition-truth.js';
import { storedView } from './stored-view.js';

describe('PartitionTruth', () => {
  it('tells what is stored after any log, however it is cut into trains', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), async (cuts) => {
        const { database, documents } = twin();
        const trains = new Trains(database);
        const truth = new PartitionTruth(cuts.flat());
        let offset = 0;
        for (const entries of cuts) {
          const from = offset;
          await trains.run(
            entries.map((one, i) => receivedRecord(one, 0, from + i)),
            from,
          );
          offset += entries.length;
          expect(storedView(documents())).toEqual(truth.views[offset]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
