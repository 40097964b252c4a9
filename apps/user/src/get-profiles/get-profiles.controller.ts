import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, GetProfiles, type Profile } from '#contracts';
import { UserRepository } from '../store/user.repository.js';

@Controller()
export class GetProfilesController {
  constructor(private readonly users: UserRepository) {}

  @Answers(USER_QUESTIONS.getProfiles)
  getProfiles(@Payload() ask: GetProfiles): Promise<Profile[]> {
    return this.users.findMany(ask.userIds);
  }
}
