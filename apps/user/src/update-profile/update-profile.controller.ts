import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, UpdateProfile, type Account } from '#contracts';
import { UpdateProfileService } from './update-profile.service.js';

@Controller()
export class UpdateProfileController {
  constructor(private readonly service: UpdateProfileService) {}

  @Answers(USER_QUESTIONS.updateProfile)
  updateProfile(@Payload() ask: UpdateProfile): Promise<Account> {
    return this.service.update(ask);
  }
}
