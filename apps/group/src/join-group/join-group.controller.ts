import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { JoinGroup, GROUP_QUESTIONS, type GroupMember } from '#contracts';
import { JoinGroupService } from './join-group.service.js';

@Controller()
export class JoinGroupController {
  constructor(private readonly service: JoinGroupService) {}

  @Answers(GROUP_QUESTIONS.join)
  join(@Payload() ask: JoinGroup): Promise<GroupMember> {
    return this.service.join(ask);
  }
}
