import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { ListGroupMembers, GROUP_QUESTIONS, type GroupMemberPage } from '#contracts';
import { ListGroupMembersService } from './list-group-members.service.js';

@Controller()
export class ListGroupMembersController {
  constructor(private readonly service: ListGroupMembersService) {}

  @Answers(GROUP_QUESTIONS.listMembers)
  list(@Payload() ask: ListGroupMembers): Promise<GroupMemberPage> {
    return this.service.list(ask);
  }
}
