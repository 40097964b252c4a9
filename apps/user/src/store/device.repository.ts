import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { UserId } from '#contracts';
import { Database, mappingStorageErrors, type Transaction } from '#storage';
import type { DeviceSession } from '../sessions/device-session.js';
import type { DeviceDocument } from './device.document.js';
import { deviceKey, toDeviceDocument, toDeviceSession } from './device.mapper.js';
import { DEVICES } from './user.collections.js';

@Injectable()
export class DeviceRepository {
  private readonly devices: Collection<DeviceDocument>;

  constructor(database: Database) {
    this.devices = database.collection(DEVICES);
  }

  find(userId: UserId, deviceId: string): Promise<DeviceSession | undefined> {
    return mappingStorageErrors(async () => {
      const found = await this.devices.findOne(oneDevice(userId, deviceId));
      return found ? toDeviceSession(found) : undefined;
    });
  }

  /** All devices of the user, or the one. */
  listIn(tx: Transaction, userId: UserId, deviceId: string | undefined): Promise<DeviceSession[]> {
    return this.list(deviceId === undefined ? { user_id: userId } : oneDevice(userId, deviceId), { session: tx });
  }

  /** Those whose session still lives, in the order of their log-ins. */
  listLive(userId: UserId, now: number): Promise<DeviceSession[]> {
    return mappingStorageErrors(async () => {
      const sessions = await this.list({ user_id: userId, refresh_expires_at: { $gt: new Date(now) } });
      return sessions.sort((a, b) => a.loggedInAt - b.loggedInAt);
    });
  }

  /** Puts the session in the place of the device's old one, and returns that. May reject with a duplicate key in a race: do it again. */
  async replace(tx: Transaction, session: DeviceSession): Promise<DeviceSession | undefined> {
    const { _id, ...replacement } = toDeviceDocument(session);
    const filter = oneDevice(session.userId, session.deviceId);
    const old = await this.devices.findOneAndReplace(filter, replacement, { session: tx, upsert: true, returnDocument: 'before' });
    return old ? toDeviceSession({ ...old, _id }) : undefined;
  }

  /** Stores a rotated refresh token if `expectedHash` is still the hash of the one before; false when someone else was faster. */
  rotate(rotated: DeviceSession, expectedHash: string): Promise<boolean> {
    const { previous, refresh_hash, refreshed_at, refresh_expires_at } = toDeviceDocument(rotated);
    const change = { $set: { ...(previous && { previous }), refresh_hash, refreshed_at, refresh_expires_at } };
    return mappingStorageErrors(async () => {
      const filter = { ...oneDevice(rotated.userId, rotated.deviceId), refresh_hash: expectedHash };
      return (await this.devices.updateOne(filter, change)).matchedCount === 1;
    });
  }

  async removeSessions(tx: Transaction, sessions: readonly DeviceSession[]): Promise<void> {
    const [first] = sessions;
    if (first === undefined) return;
    const ids = sessions.map(({ userId, deviceId }) => deviceKey(userId, deviceId));
    await this.devices.deleteMany({ user_id: first.userId, _id: { $in: ids } }, { session: tx });
  }

  private async list(filter: Parameters<Collection<DeviceDocument>['find']>[0], options = {}): Promise<DeviceSession[]> {
    return (await this.devices.find(filter, options).toArray()).map(toDeviceSession);
  }
}

function oneDevice(userId: UserId, deviceId: string): Pick<DeviceDocument, '_id' | 'user_id'> {
  return { _id: deviceKey(userId, deviceId), user_id: userId };
}
