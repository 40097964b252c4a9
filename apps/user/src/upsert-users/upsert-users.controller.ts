import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, UpsertUsers, type UpsertedUser } from '#contracts';
import { UpsertUsersService } from './upsert-users.service.js';

@Controller()
export class UpsertUsersController {
  constructor(private readonly service: UpsertUsersService) {}

  @Answers(USER_QUESTIONS.upsertMany)
  upsertMany(@Payload() ask: UpsertUsers): Promise<UpsertedUser[]> {
    return this.service.upsert(ask);
  }
}
