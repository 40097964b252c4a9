import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { UserId } from '#contracts';
import { Database, mappingStorageErrors, type Transaction } from '#storage';
import type { CredentialDocument } from './credential.document.js';
import { CREDENTIALS } from './user.collections.js';

export interface Credential {
  userId: UserId;
  email?: string | undefined;
  passwordHash?: string | undefined;
}

@Injectable()
export class CredentialRepository {
  private readonly credentials: Collection<CredentialDocument>;

  constructor(database: Database) {
    this.credentials = database.collection(CREDENTIALS);
  }

  /** Rejects with a duplicate key of BY_EMAIL when another user has the address. */
  async insert(tx: Transaction, { userId, email, passwordHash }: Credential): Promise<void> {
    const document = { _id: userId, ...(email && { email }), ...(passwordHash && { password_hash: passwordHash }) };
    await this.credentials.insertOne(document, { session: tx });
  }

  ofUser(userId: UserId): Promise<Credential | undefined> {
    return this.findOne({ _id: userId });
  }

  ofEmail(email: string): Promise<Credential | undefined> {
    return this.findOne({ email });
  }

  private findOne(filter: Partial<CredentialDocument>): Promise<Credential | undefined> {
    return mappingStorageErrors(async () => {
      const found = await this.credentials.findOne(filter);
      return found ? { userId: found._id as UserId, email: found.email, passwordHash: found.password_hash } : undefined;
    });
  }
}
