import type { GetProfiles, Profile } from '#contracts';

/** The user service's answer to a question for profiles, when there are only these users. */
export function profilesOf(...names: string[]): (ask: GetProfiles) => Profile[] {
  return ({ userIds }) => userIds.filter((userId) => names.includes(userId)).map(profileOf);
}

export function profileOf(userId: string): Profile {
  const nickname = `${userId.charAt(0).toUpperCase()}${userId.slice(1)}`;
  return { userId: userId as Profile['userId'], nickname, avatar: `${userId}.png`, ex: '', version: 1, createdAt: 1_700_000_000_000 };
}
