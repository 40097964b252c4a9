import type { Profile } from '#contracts';

/** What a user may change of how others see him; a field that is undefined stays. */
export type ProfileChange = { [Field in 'nickname' | 'avatar' | 'ex']?: string | undefined };

/** The profile with the change applied; the very same object when nothing differs. */
export function withChanges(profile: Profile, { nickname, avatar, ex }: ProfileChange): Profile {
  const changed = { ...profile, nickname: nickname ?? profile.nickname, avatar: avatar ?? profile.avatar, ex: ex ?? profile.ex };
  const same = changed.nickname === profile.nickname && changed.avatar === profile.avatar && changed.ex === profile.ex;
  return same ? profile : changed;
}
