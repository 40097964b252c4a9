import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { DismissGroup, GROUP_QUESTIONS, type Group } from '#contracts';
import { DismissGroupService } from './dismiss-group.service.js';

@Controller()
export class DismissGroupController {
  constructor(private readonly service: DismissGroupService) {}

  @Answers(GROUP_QUESTIONS.dismiss)
  dismiss(@Payload() ask: DismissGroup): Promise<Group> {
    return this.service.dismiss(ask);
  }
}
