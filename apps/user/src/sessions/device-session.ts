import type { Device, Platform, SessionRevoked, UserId } from '#contracts';

/** A log-in on a device, from which access tokens are made until it ends. Times in milliseconds since the epoch. */
export interface DeviceSession {
  userId: UserId;
  deviceId: string;
  platform: Platform;
  sessionId: string;
  familyHash: string;
  refreshHash: string;
  previous?: { refreshHash: string; salt: string };
  loggedInAt: number;
  refreshedAt: number;
  refreshExpiresAt: number;
}

export function toDevice({ deviceId, platform, loggedInAt, refreshedAt }: DeviceSession): Device {
  return { deviceId, platform, loggedInAt, refreshedAt };
}

export function revocationOf(session: DeviceSession, reason: SessionRevoked['reason'], revokedAt: number): SessionRevoked {
  const { userId, sessionId, deviceId } = session;
  return { userId, sessionId, deviceId, reason, revokedAt };
}
