import { Inject, Injectable } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import { problem, USER_QUESTIONS, type UserId } from '#contracts';

/** What the group service asks of the user service. */
@Injectable()
export class Users {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  /** Throws `user_not_found`, naming those that do not exist. At most 100. */
  async mustExist(userIds: readonly UserId[]): Promise<void> {
    const [first] = userIds;
    if (first === undefined) return;
    const profiles = await this.bus.ask(USER_QUESTIONS.getProfiles, first, { userIds: [...userIds] });
    const known = new Set(profiles.map(({ userId }) => userId));
    const unknown = userIds.filter((id) => !known.has(id));
    if (unknown.length > 0) throw problem('user_not_found', `no such user: ${unknown.join(', ')}`);
  }
}
