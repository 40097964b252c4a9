import type { Platform, UserId } from '#contracts';

/** A user on one device, by an access token. */
export interface UserCaller {
  kind: 'user';
  userId: UserId;
  sessionId: string;
  deviceId: string;
  platform: Platform;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** The team's own backend, by an API key. */
interface BackendCaller {
  kind: 'backend';
  /** Which key, safe to log: never the key itself. */
  keyId: string;
}

export type Caller = UserCaller | BackendCaller;
