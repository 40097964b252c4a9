import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { problem, type Tokens } from '#contracts';
import { CLOCK } from '#runtime';
import { SessionEnd } from '../sessions/session-end.js';
import { parseRefreshToken, type RefreshToken } from '../sessions/refresh-token.js';
import { rotationFor, type Rotation } from '../sessions/rotation.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { DeviceRepository } from '../store/device.repository.js';

const MAX_RACES = 5;

@Injectable()
export class RefreshTokensService {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly sessions: SessionsService,
    private readonly sessionEnd: SessionEnd,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each refresh token is good once; shown again it ends its session, but for a short grace, in which it gets the first answer again. */
  async refresh(text: string): Promise<Tokens> {
    const token = parseRefreshToken(text);
    if (!token) throw problem('invalid_token', 'this is no refresh token of this server');
    for (let race = 0; race < MAX_RACES; race++) {
      const rotation = await this.rotation(token);
      switch (rotation.kind) {
        case 'unknown':
          throw problem('token_revoked', `the session on device ${token.deviceId} has ended`);
        case 'reused':
          await this.sessionEnd.forReuse(rotation.session);
          throw problem('token_revoked', `a refresh token was used twice: the session on device ${token.deviceId} has ended`);
        case 'repeat':
          return this.sessions.tokensOf(rotation.session, rotation.next);
        case 'rotate':
          if (await this.devices.rotate(rotation.session, rotation.expectedHash))
            return this.sessions.tokensOf(rotation.session, rotation.next);
      }
    }
    throw problem('conflict', `the tokens of device ${token.deviceId} are being refreshed by someone else`);
  }

  private async rotation(token: RefreshToken): Promise<Rotation> {
    const session = await this.devices.find(token.userId, token.deviceId);
    return rotationFor(token, session, this.clock.now());
  }
}
