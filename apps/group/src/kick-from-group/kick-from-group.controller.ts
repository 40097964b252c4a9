import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { KickFromGroup, GROUP_QUESTIONS } from '#contracts';
import { KickFromGroupService } from './kick-from-group.service.js';

@Controller()
export class KickFromGroupController {
  constructor(private readonly service: KickFromGroupService) {}

  @Answers(GROUP_QUESTIONS.kick)
  kick(@Payload() ask: KickFromGroup): Promise<Record<string, never>> {
    return this.service.kick(ask);
  }
}
