import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { UpdateGroup, GROUP_QUESTIONS, type Group } from '#contracts';
import { UpdateGroupService } from './update-group.service.js';

@Controller()
export class UpdateGroupController {
  constructor(private readonly service: UpdateGroupService) {}

  @Answers(GROUP_QUESTIONS.update)
  update(@Payload() ask: UpdateGroup): Promise<Group> {
    return this.service.update(ask);
  }
}
