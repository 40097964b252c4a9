import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { SetGroupRole, GROUP_QUESTIONS, type GroupMember } from '#contracts';
import { SetGroupRoleService } from './set-group-role.service.js';

@Controller()
export class SetGroupRoleController {
  constructor(private readonly service: SetGroupRoleService) {}

  @Answers(GROUP_QUESTIONS.setRole)
  setRole(@Payload() ask: SetGroupRole): Promise<GroupMember> {
    return this.service.setRole(ask);
  }
}
