import fc from 'fast-check';
import type { Profile, UpsertUser, UserId } from '#contracts';
import { planUpserts } from './plan-upserts.js';

const ids = fc.constantFrom('a', 'b', 'c').map((id) => id as UserId);
const names = fc.constantFrom('x', 'y', '');
const items: fc.Arbitrary<UpsertUser[]> = fc.array(
  fc.record({ userId: ids, nickname: names, avatar: names, ex: names }, { requiredKeys: ['userId'] }),
  { maxLength: 6 },
);

function stored(profiles: readonly Profile[], changes: readonly Profile[]): Map<string, Profile> {
  return new Map([...profiles, ...changes].map((profile) => [profile.userId, profile]));
}

describe('planning a batch of upserts', () => {
  it('ends with what the items say one after the other, raises each changed version by one, and says who is new', () => {
    fc.assert(
      fc.property(items, items, (first, second) => {
        const start = planUpserts(first, [], 1);
        expect(start.changed).toEqual([]);
        const existing = start.created;
        const plan = planUpserts(second, existing, 2);
        const before = stored(existing, []);
        const after = stored(existing, [...plan.created, ...plan.changed]);
        for (const { userId, version } of after.values()) {
          const fields = [...first, ...second].filter((item) => item.userId === userId);
          for (const field of ['nickname', 'avatar', 'ex'] as const) {
            expect(after.get(userId)![field]).toBe(fields.map((item) => item[field]).findLast((value) => value !== undefined) ?? '');
          }
          const old = before.get(userId);
          const same = old && (['nickname', 'avatar', 'ex'] as const).every((field) => old[field] === after.get(userId)![field]);
          expect(version).toBe(old ? old.version + (same ? 0 : 1) : 1);
        }
        expect(plan.results.map(({ userId }) => userId)).toEqual(second.map(({ userId }) => userId));
        expect(plan.results.filter(({ created }) => created).map(({ userId }) => userId)).toEqual(plan.created.map(({ userId }) => userId));
        expect(planUpserts(second, [...after.values()], 3)).toMatchObject({ created: [] });
      }),
    );
  });
});
