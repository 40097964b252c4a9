import { Injectable } from '@nestjs/common';
import { problem, type MintTokens, type Tokens } from '#contracts';
import { SessionsService } from '../sessions/sessions.service.js';
import { UserRepository } from '../store/user.repository.js';

@Injectable()
export class MintTokensService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionsService,
  ) {}

  /** For the team's own backend, which has its own way to know its users. */
  async mint(ask: MintTokens): Promise<Tokens> {
    if (!(await this.users.find(ask.userId))) throw problem('user_not_found', `there is no user ${ask.userId}`);
    return this.sessions.open(ask);
  }
}
