import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { OnBroadcast } from '#bus';
import { TOPIC, type SessionRevoked } from '#contracts';
import { RevokedSessions } from './revoked-sessions.js';

/** Hears of every log-out, those before this process started included. */
@Controller()
export class RevokedSessionsHandler {
  constructor(private readonly revoked: RevokedSessions) {}

  @OnBroadcast(TOPIC.sessionRevoked, { from: 'beginning' })
  sessionRevoked(@Payload() event: SessionRevoked): void {
    this.revoked.revoke(event);
  }
}
