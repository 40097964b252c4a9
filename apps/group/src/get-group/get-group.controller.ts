import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { GetGroup, GROUP_QUESTIONS, type Group } from '#contracts';
import { GetGroupService } from './get-group.service.js';

@Controller()
export class GetGroupController {
  constructor(private readonly service: GetGroupService) {}

  @Answers(GROUP_QUESTIONS.get)
  get(@Payload() ask: GetGroup): Promise<Group> {
    return this.service.get(ask);
  }
}
