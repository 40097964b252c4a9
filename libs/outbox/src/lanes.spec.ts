import fc from 'fast-check';
import { toDocument } from './outbox.document.js';
import { lanesOf, stepsOf } from './lanes.js';

const entries = fc
  .array(fc.record({ topic: fc.constantFrom('t', 'u'), key: fc.constantFrom('k', 'l'), awaitsAnswer: fc.boolean() }), { maxLength: 12 })
  .map((list) =>
    list.map((entry, version) => toDocument({ ...entry, id: `${version}`, entity: 'e', version, part: 0, type: 'x', payload: {} }, 0)),
  );

describe('lanes and steps', () => {
  it('keep every entry once, each topic and key in order, and never put a command together with anything', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const lanes = lanesOf(list);
        expect(lanes.flat()).toHaveLength(list.length);
        for (const lane of lanes) {
          expect(new Set(lane.map(({ topic, key }) => `${topic} ${key}`)).size).toBe(1);
          expect(stepsOf(lane).flatMap((step) => step.entries)).toEqual(lane);
          expect(lane).toEqual([...lane].sort((a, b) => a.version - b.version));
          for (const { kind, entries: together } of stepsOf(lane)) {
            if (kind === 'command') expect(together).toHaveLength(1);
            expect(together.every(({ awaits_answer }) => awaits_answer === (kind === 'command'))).toBe(true);
          }
        }
      }),
    );
  });
});
