import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { TransferGroup, GROUP_QUESTIONS, type Group } from '#contracts';
import { TransferGroupService } from './transfer-group.service.js';

@Controller()
export class TransferGroupController {
  constructor(private readonly service: TransferGroupService) {}

  @Answers(GROUP_QUESTIONS.transfer)
  transfer(@Payload() ask: TransferGroup): Promise<Group> {
    return this.service.transfer(ask);
  }
}
