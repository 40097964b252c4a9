import type { SettingsOf } from '#config';

/** What the user service is told by its settings, beside where its servers are. */
export type UserConfig = Pick<SettingsOf<'user'>, 'jwtKeys'>;
