import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { LeaveGroup, GROUP_QUESTIONS } from '#contracts';
import { LeaveGroupService } from './leave-group.service.js';

@Controller()
export class LeaveGroupController {
  constructor(private readonly service: LeaveGroupService) {}

  @Answers(GROUP_QUESTIONS.leave)
  leave(@Payload() ask: LeaveGroup): Promise<Record<string, never>> {
    return this.service.leave(ask);
  }
}
