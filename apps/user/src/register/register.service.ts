import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '#kernel';
import { normaliseEmail, problem, type Account, type Profile, type RegisterUser, type UserId } from '#contracts';
import { CLOCK } from '#runtime';
import { Database, isDuplicateKey } from '#storage';
import { Announcer } from '../announce/announcer.js';
import { Passwords } from '../passwords/passwords.js';
import { CredentialRepository } from '../store/credential.repository.js';
import { BY_EMAIL } from '../store/user.collections.js';
import { UserRepository } from '../store/user.repository.js';

@Injectable()
export class RegisterService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwords: Passwords,
    private readonly announcer: Announcer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async register(ask: RegisterUser): Promise<Account> {
    const email = ask.email === undefined ? undefined : normaliseEmail(ask.email);
    const passwordHash = ask.password === undefined ? undefined : await this.passwords.hash(ask.password);
    const profile = newProfile(ask, this.clock.now());
    const { userId } = profile;
    const announcement = await this.database
      .transaction(async (tx) => {
        await this.users.insertMany(tx, [profile]);
        if (email !== undefined || passwordHash !== undefined) await this.credentials.insert(tx, { userId, email, passwordHash });
        return this.announcer.changed(tx, [profile]);
      })
      .catch((error: unknown) => {
        if (isDuplicateKey(error, BY_EMAIL)) throw problem('user_exists', `there is a user with the e-mail ${email ?? ''} already`);
        if (isDuplicateKey(error)) throw problem('user_exists', `there is a user ${userId} already`);
        throw error;
      });
    this.announcer.sendSoon(announcement);
    return { ...profile, ...(email !== undefined && { email }) };
  }
}

function newProfile({ userId, nickname, avatar, ex }: RegisterUser, now: number): Profile {
  return {
    userId: userId ?? (newId().toLowerCase() as UserId),
    nickname: nickname ?? '',
    avatar: avatar ?? '',
    ex: ex ?? '',
    version: 1,
    createdAt: now,
  };
}
