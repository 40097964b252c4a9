import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '#testing';
import { MESSAGE_COLLECTIONS } from '../../../../apps/message/src/store/message.collections.js';
import { canonical } from '../canonical.js';
import { receivedRecord, type Entry } from '../small-log.js';
import { entry } from '../testing/entry.arbitrary.suite.js';
import { Trains, twin } from '../testing/trains.suite.js';
import { toPlain, type Documents } from './documents.js';

async function documentsOf(database: TestDatabase): Promise<Documents> {
  const documents: Documents = {};
  for (const { name } of MESSAGE_COLLECTIONS) {
    const found = await database.db.collection(name).find().toArray();
    if (found.length === 0) continue;
    documents[name] = Object.fromEntries(found.map((document) => [toPlain(document._id) as string, toPlain(document) as never]));
  }
  return documents;
}

const text = { kind: 'send', from: 'ann', id: '1', text: 'x' } as const;

/** Its second train changes nothing, not even which collections there are. */
const LATE_AFTER_REFUSED = [
  { entries: [{ ...text, to: 'sg_team' }], late: false },
  { entries: [{ ...text, to: 'si_ann_bob' }], late: true },
] satisfies { entries: Entry[]; late: boolean }[];

describe('the model’s MongoDB', () => {
  it('does to documents what MongoDB does, and says what it says', async () => {
    const train = fc.record({ entries: fc.array(entry, { minLength: 1, maxLength: 4 }), late: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(train, { minLength: 1, maxLength: 4 }), async (trains) => {
        const real = await testDatabase(MESSAGE_COLLECTIONS);
        try {
          const model = twin();
          const sides = [new Trains(real), new Trains(model.database)];
          let offset = 0;
          for (const { entries, late } of trains) {
            const records = entries.map((one, i) => receivedRecord(one, 0, offset + i));
            // A train that comes late stands where the progress no longer is.
            const from = late && offset > 0 ? offset - 1 : offset;
            const [said, expected] = [await sides[1]!.run(records, from), await sides[0]!.run(records, from)];
            expect(said).toBe(expected);
            if (from === offset) offset += records.length;
          }
          expect(canonical(model.documents())).toBe(canonical(await documentsOf(real)));
        } finally {
          await real.close();
        }
      }),
      { numRuns: 12, examples: [[LATE_AFTER_REFUSED]] },
    );
  }, 120_000);
});
