import { newId } from '#kernel';
import { CHANGE_EVENT, TOPIC, type Profile, type SessionRevoked, type UserChanged, type UserId } from '#contracts';
import type { Outbox, OutboxEntry } from '#outbox';
import type { Transaction } from '#storage';

/** Where one change waits to be told. */
export type Announcement = string;

/** Tells the other services what changed here. First `changed` or `revoked` within the change's transaction, then `send…` after its commit. */
export class Announcer {
  constructor(private readonly outbox: Outbox) {}

  /** Of one user in their order; of a batch all at once: whoever reads them drops what is not newer than what he knows. */
  async changed(tx: Transaction, profiles: readonly Profile[]): Promise<Announcement> {
    const [first] = profiles;
    const entity = profiles.length === 1 && first ? `user|${first.userId}` : `users|${newId()}`;
    await this.outbox.add(
      tx,
      profiles.map((profile, part) => ({
        ...unanswered(entity, profile.version, part),
        topic: TOPIC.userChanged,
        key: profile.userId,
        type: CHANGE_EVENT.userChanged,
        payload: { version: profile.version, profile } satisfies UserChanged,
      })),
    );
    return entity;
  }

  /** All of one user. */
  async revoked(tx: Transaction, revocations: readonly SessionRevoked[]): Promise<void> {
    await this.outbox.add(
      tx,
      revocations.map((payload, part) => ({
        ...unanswered(revocationsOf(payload.userId), payload.revokedAt, part),
        topic: TOPIC.sessionRevoked,
        key: payload.userId,
        type: CHANGE_EVENT.sessionRevoked,
        payload,
      })),
    );
  }

  /** Resolves when every revocation of this user's sessions is in the log. */
  sendRevocations(userId: UserId): Promise<void> {
    return this.outbox.flush(revocationsOf(userId));
  }

  /** Not waited for: the change is committed, so the caller is owed success though the log be away; the outbox goes on trying. */
  sendSoon(announcement: Announcement): void {
    this.outbox.flush(announcement).catch(() => undefined);
  }

  sendRevocationsSoon(userId: UserId): void {
    this.sendSoon(revocationsOf(userId));
  }
}

function revocationsOf(userId: UserId): Announcement {
  return `sessions|${userId}`;
}

function unanswered(
  entity: string,
  version: number,
  part: number,
): Pick<OutboxEntry, 'id' | 'entity' | 'version' | 'part' | 'awaitsAnswer'> {
  return { id: newId(), entity, version, part, awaitsAnswer: false };
}
