import { Injectable } from '@nestjs/common';
import { problem, type Account, type Profile, type UserId } from '#contracts';
import { CredentialRepository } from '../store/credential.repository.js';
import { UserRepository } from '../store/user.repository.js';

@Injectable()
export class GetAccountService {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
  ) {}

  async get(userId: UserId): Promise<Account> {
    const profile = await this.users.find(userId);
    if (!profile) throw problem('user_not_found', `there is no user ${userId}`);
    return this.withEmail(profile);
  }

  async withEmail(profile: Profile): Promise<Account> {
    const credential = await this.credentials.ofUser(profile.userId);
    return { ...profile, ...(credential?.email !== undefined && { email: credential.email }) };
  }
}
