import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { InviteToGroup, GROUP_QUESTIONS, type GroupMember } from '#contracts';
import { InviteToGroupService } from './invite-to-group.service.js';

@Controller()
export class InviteToGroupController {
  constructor(private readonly service: InviteToGroupService) {}

  @Answers(GROUP_QUESTIONS.invite)
  invite(@Payload() ask: InviteToGroup): Promise<GroupMember[]> {
    return this.service.invite(ask);
  }
}
