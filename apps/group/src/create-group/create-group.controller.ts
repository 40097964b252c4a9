import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { CreateGroup, GROUP_QUESTIONS, type Group } from '#contracts';
import { CreateGroupService } from './create-group.service.js';

@Controller()
export class CreateGroupController {
  constructor(private readonly service: CreateGroupService) {}

  @Answers(GROUP_QUESTIONS.create)
  create(@Payload() ask: CreateGroup): Promise<Group> {
    return this.service.create(ask);
  }
}
