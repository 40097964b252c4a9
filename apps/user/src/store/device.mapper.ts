import type { UserId } from '#contracts';
import type { DeviceSession } from '../sessions/device-session.js';
import type { DeviceDocument } from './device.document.js';

export function deviceKey(userId: UserId, deviceId: string): string {
  return `${userId}|${deviceId}`;
}

export function toDeviceDocument(session: DeviceSession): DeviceDocument {
  const { previous } = session;
  return {
    _id: deviceKey(session.userId, session.deviceId),
    user_id: session.userId,
    device_id: session.deviceId,
    platform: session.platform,
    session_id: session.sessionId,
    family_hash: session.familyHash,
    refresh_hash: session.refreshHash,
    ...(previous && { previous: { refresh_hash: previous.refreshHash, salt: previous.salt } }),
    logged_in_at: new Date(session.loggedInAt),
    refreshed_at: new Date(session.refreshedAt),
    refresh_expires_at: new Date(session.refreshExpiresAt),
  };
}

export function toDeviceSession(document: DeviceDocument): DeviceSession {
  const { previous } = document;
  return {
    userId: document.user_id as UserId,
    deviceId: document.device_id,
    platform: document.platform,
    sessionId: document.session_id,
    familyHash: document.family_hash,
    refreshHash: document.refresh_hash,
    ...(previous && { previous: { refreshHash: previous.refresh_hash, salt: previous.salt } }),
    loggedInAt: document.logged_in_at.getTime(),
    refreshedAt: document.refreshed_at.getTime(),
    refreshExpiresAt: document.refresh_expires_at.getTime(),
  };
}
