import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { Profile, UserId } from '#contracts';
import { Database, mappingStorageErrors, type Transaction } from '#storage';
import { USERS } from './user.collections.js';
import type { UserDocument } from './user.document.js';
import { toProfile, toUserDocument } from './user.mapper.js';

@Injectable()
export class UserRepository {
  private readonly users: Collection<UserDocument>;

  constructor(database: Database) {
    this.users = database.collection(USERS);
  }

  find(userId: UserId): Promise<Profile | undefined> {
    return mappingStorageErrors(async () => {
      const found = await this.users.findOne({ _id: userId });
      return found ? toProfile(found) : undefined;
    });
  }

  /** Those that exist. */
  findMany(userIds: readonly UserId[]): Promise<Profile[]> {
    return mappingStorageErrors(async () => (await this.users.find({ _id: { $in: [...userIds] } }).toArray()).map(toProfile));
  }

  async findManyIn(tx: Transaction, userIds: readonly UserId[]): Promise<Profile[]> {
    const found = await this.users.find({ _id: { $in: [...userIds] } }, { session: tx }).toArray();
    return found.map(toProfile);
  }

  /** Rejects with a duplicate key when one of them exists. */
  async insertMany(tx: Transaction, profiles: readonly Profile[]): Promise<void> {
    if (profiles.length === 0) return;
    await this.users.insertMany(profiles.map(toUserDocument), { session: tx, ordered: false });
  }

  async replaceMany(tx: Transaction, profiles: readonly Profile[]): Promise<void> {
    if (profiles.length === 0) return;
    const writes = profiles.map((profile) => {
      const { _id, ...replacement } = toUserDocument(profile);
      return { replaceOne: { filter: { _id }, replacement } };
    });
    await this.users.bulkWrite(writes, { session: tx, ordered: false });
  }
}
