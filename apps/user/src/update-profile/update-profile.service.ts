import { Injectable } from '@nestjs/common';
import { problem, type Account, type Profile, type UpdateProfile } from '#contracts';
import { Database } from '#storage';
import { Announcer } from '../announce/announcer.js';
import { GetAccountService } from '../get-account/get-account.service.js';
import { UserRepository } from '../store/user.repository.js';
import { withChanges } from './with-changes.js';

@Injectable()
export class UpdateProfileService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly accounts: GetAccountService,
    private readonly announcer: Announcer,
  ) {}

  /** A change that changes nothing raises no version and tells nobody. */
  async update(ask: UpdateProfile): Promise<Account> {
    const { profile, announcement } = await this.database.transaction(async (tx) => {
      const [before] = await this.users.findManyIn(tx, [ask.userId]);
      if (!before) throw problem('user_not_found', `there is no user ${ask.userId}`);
      const changed = withChanges(before, ask);
      if (changed === before) return { profile: before, announcement: undefined };
      const after: Profile = { ...changed, version: before.version + 1 };
      await this.users.replaceMany(tx, [after]);
      return { profile: after, announcement: await this.announcer.changed(tx, [after]) };
    });
    if (announcement !== undefined) this.announcer.sendSoon(announcement);
    return this.accounts.withEmail(profile);
  }
}
