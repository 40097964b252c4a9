import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { UpsertedUser, UpsertUsers } from '#contracts';
import { CLOCK } from '#runtime';
import { Database } from '#storage';
import { Announcer } from '../announce/announcer.js';
import { inTransactionThatReads } from '../store/in-transaction.js';
import { UserRepository } from '../store/user.repository.js';
import { planUpserts } from './plan-upserts.js';

@Injectable()
export class UpsertUsersService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly announcer: Announcer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All of them or, when MongoDB is away, none. */
  async upsert({ users }: UpsertUsers): Promise<UpsertedUser[]> {
    const ids = [...new Set(users.map(({ userId }) => userId))];
    const { results, announcement } = await inTransactionThatReads(this.database, async (tx) => {
      const plan = planUpserts(users, await this.users.findManyIn(tx, ids), this.clock.now());
      await this.users.insertMany(tx, plan.created);
      await this.users.replaceMany(tx, plan.changed);
      const news = [...plan.created, ...plan.changed];
      return { results: plan.results, announcement: news.length > 0 ? await this.announcer.changed(tx, news) : undefined };
    });
    if (announcement !== undefined) this.announcer.sendSoon(announcement);
    return results;
  }
}
