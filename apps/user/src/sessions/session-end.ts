import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { problem, type SessionRevoked, type UserId } from '#contracts';
import { CLOCK } from '#runtime';
import { Database } from '#storage';
import { Announcer } from '../announce/announcer.js';
import { DeviceRepository } from '../store/device.repository.js';
import { revocationOf, type DeviceSession } from './device-session.js';

/** Ends sessions for everyone: removed here, told to every gateway. Resolves when they are told, so that no token works a second later. */
@Injectable()
export class SessionEnd {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceRepository,
    private readonly announcer: Announcer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** On all devices of the user, or on the one; resolves with how many there were. Repeating it waits for what is not told yet. */
  async forLogOut(userId: UserId, deviceId?: string): Promise<number> {
    const ended = await this.end({ userId, deviceId, reason: 'logout', which: () => true });
    if (deviceId !== undefined && ended === 0) throw problem('device_not_found', `${userId} has no device ${deviceId} logged in`);
    return ended;
  }

  /** Of the session that is on the device now, nothing if that is another one. */
  async forReuse({ userId, deviceId, sessionId }: DeviceSession): Promise<void> {
    await this.end({ userId, deviceId, reason: 'reused_refresh_token', which: (session) => session.sessionId === sessionId });
  }

  private async end(what: {
    userId: UserId;
    deviceId: string | undefined;
    reason: SessionRevoked['reason'];
    which: (session: DeviceSession) => boolean;
  }): Promise<number> {
    const ended = await this.database.transaction(async (tx) => {
      const sessions = (await this.devices.listIn(tx, what.userId, what.deviceId)).filter(what.which);
      await this.devices.removeSessions(tx, sessions);
      const now = this.clock.now();
      await this.announcer.revoked(
        tx,
        sessions.map((session) => revocationOf(session, what.reason, now)),
      );
      return sessions.length;
    });
    await this.announcer.sendRevocations(what.userId);
    return ended;
  }
}
