import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, LogOut } from '#contracts';
import { SessionEnd } from '../sessions/session-end.js';

@Controller()
export class LogOutController {
  constructor(private readonly sessionEnd: SessionEnd) {}

  @Answers(USER_QUESTIONS.logOut)
  logOut(@Payload() ask: LogOut): Promise<{ sessions: number }> {
    return this.sessionEnd.forLogOut(ask.userId, ask.deviceId).then((sessions) => ({ sessions }));
  }
}
