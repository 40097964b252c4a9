import type { Profile, UpsertedUser, UpsertUser, UserId } from '#contracts';
import { withChanges } from '../update-profile/with-changes.js';

export interface UpsertPlan {
  created: Profile[];
  changed: Profile[];
  /** One for each item, in their order. */
  results: UpsertedUser[];
}

/** Which profiles a batch creates and which it changes. Items for one user apply one after the other; they make one change. */
export function planUpserts(items: readonly UpsertUser[], existing: readonly Profile[], now: number): UpsertPlan {
  const before = new Map(existing.map((profile) => [profile.userId, profile]));
  const after = new Map<UserId, Profile>();
  const results: UpsertedUser[] = [];
  for (const item of items) {
    const { userId } = item;
    const created = !before.has(userId) && !after.has(userId);
    const current = after.get(userId) ?? before.get(userId) ?? { userId, nickname: '', avatar: '', ex: '', version: 0, createdAt: now };
    after.set(userId, { ...current, ...withChanges(current, item) });
    results.push({ userId, created });
  }
  const profiles = [...after.values()];
  const old = (profile: Profile) => before.get(profile.userId);
  return {
    created: profiles.filter((profile) => !old(profile)).map((profile) => ({ ...profile, version: 1 })),
    changed: profiles.flatMap((profile) => raisedIfChanged(old(profile), profile) ?? []),
    results,
  };
}

function raisedIfChanged(before: Profile | undefined, after: Profile): Profile | undefined {
  if (!before || withChanges(before, after) === before) return undefined;
  return { ...after, version: before.version + 1 };
}
