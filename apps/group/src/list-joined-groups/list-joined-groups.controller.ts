import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { ListJoinedGroups, GROUP_QUESTIONS, type JoinedGroupPage } from '#contracts';
import { ListJoinedGroupsService } from './list-joined-groups.service.js';

@Controller()
export class ListJoinedGroupsController {
  constructor(private readonly service: ListJoinedGroupsService) {}

  @Answers(GROUP_QUESTIONS.listJoined)
  list(@Payload() ask: ListJoinedGroups): Promise<JoinedGroupPage> {
    return this.service.list(ask);
  }
}
