import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '#kernel';
import type { MintTokens, Tokens } from '#contracts';
import { CLOCK } from '#runtime';
import { Database } from '#storage';
import { Announcer } from '../announce/announcer.js';
import { DeviceRepository } from '../store/device.repository.js';
import { inTransactionThatReads } from '../store/in-transaction.js';
import { AccessTokenSigner } from './access-token-signer.js';
import { revocationOf, type DeviceSession } from './device-session.js';
import { formatRefreshToken, hashOf, newRefreshToken, type RefreshToken } from './refresh-token.js';
import { TOKEN_LIFETIME } from './token-lifetime.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceRepository,
    private readonly announcer: Announcer,
    private readonly signer: AccessTokenSigner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins a session on the device; the one that was there before ends. */
  async open({ userId, deviceId, platform }: MintTokens): Promise<Tokens> {
    const now = this.clock.now();
    const token = newRefreshToken(userId, deviceId);
    const session: DeviceSession = {
      userId,
      deviceId,
      platform,
      sessionId: newId(),
      familyHash: hashOf(token.family),
      refreshHash: hashOf(token.secret),
      loggedInAt: now,
      refreshedAt: now,
      refreshExpiresAt: now + TOKEN_LIFETIME.refreshMs,
    };
    const replaced = await inTransactionThatReads(this.database, async (tx) => {
      const old = await this.devices.replace(tx, session);
      if (old) await this.announcer.revoked(tx, [revocationOf(old, 'replaced', now)]);
      return old;
    });
    if (replaced) this.announcer.sendRevocationsSoon(userId);
    return this.tokensOf(session, token);
  }

  async tokensOf(session: DeviceSession, refreshToken: RefreshToken): Promise<Tokens> {
    const { userId, deviceId, refreshExpiresAt } = session;
    const access = await this.signer.sign(session, this.clock.now());
    return { userId, deviceId, ...access, refreshToken: formatRefreshToken(refreshToken), refreshExpiresAt };
  }
}
