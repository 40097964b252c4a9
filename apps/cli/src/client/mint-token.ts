import type { HttpApi } from './http-api.js';

export interface MintedToken {
  accessToken: string;
  accessExpiresAt: string;
  deviceId: string;
}

/** An access token for a user, as a team's own backend gets one. Another one for the same device ends the session of the first. */
export function mintToken(api: HttpApi, userId: string, deviceId: string): Promise<MintedToken> {
  return api.call('POST', `/v1/users/${encodeURIComponent(userId)}/tokens`, { body: { deviceId, platform: 'linux' } });
}
