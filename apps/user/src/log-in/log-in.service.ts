import { Injectable } from '@nestjs/common';
import { isUserId, normaliseLogin, problem, type LogIn, type Tokens } from '#contracts';
import { Passwords } from '../passwords/passwords.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { CredentialRepository, type Credential } from '../store/credential.repository.js';

@Injectable()
export class LogInService {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
  ) {}

  /** An unknown account and a wrong password look the same, in their answer and in the time it takes. */
  async logIn({ login, password, deviceId, platform }: LogIn): Promise<Tokens> {
    const credential = await this.find(login);
    const matches = await this.passwords.matches(credential?.passwordHash, password);
    if (!matches || !credential) throw problem('wrong_credentials', 'no account has this id or e-mail with this password');
    return this.sessions.open({ userId: credential.userId, deviceId, platform });
  }

  private find(login: string): Promise<Credential | undefined> {
    return isUserId(login) ? this.credentials.ofUser(login) : this.credentials.ofEmail(normaliseLogin(login));
  }
}
