import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { OnBroadcast } from '#bus';
import { TOPIC, type UserChanged } from '#contracts';
import { Profiles } from './profiles.js';

/** Keeps the remembered profiles true. */
@Controller()
export class ProfilesHandler {
  constructor(private readonly profiles: Profiles) {}

  @OnBroadcast(TOPIC.userChanged, { from: 'now' })
  userChanged(@Payload() event: UserChanged): void {
    this.profiles.changed(event);
  }
}
