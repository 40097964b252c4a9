import { deferred, type Deferred } from '#kernel';
import { LIMITS, type Profile, type UserId } from '#contracts';

type Ask = (userIds: UserId[]) => Promise<Profile[]>;

/** Gathers the look-ups of one tick into questions of up to a hundred users each; a user is asked for once at a time. */
export class ProfileLookup {
  private readonly asking = new Map<UserId, Deferred<Profile | undefined>>();
  private waiting: UserId[] = [];

  constructor(private readonly ask: Ask) {}

  isAsking(userId: UserId): boolean {
    return this.asking.has(userId);
  }

  of(userId: UserId): Promise<Profile | undefined> {
    const running = this.asking.get(userId);
    if (running) return running.promise;
    const answer = deferred<Profile | undefined>();
    this.asking.set(userId, answer);
    if (this.waiting.length === 0) setImmediate(() => this.askForAll());
    this.waiting.push(userId);
    return answer.promise;
  }

  private askForAll(): void {
    const userIds = this.waiting;
    this.waiting = [];
    for (let at = 0; at < userIds.length; at += LIMITS.maxBatchItems) {
      void this.askFor(userIds.slice(at, at + LIMITS.maxBatchItems));
    }
  }

  private async askFor(userIds: UserId[]): Promise<void> {
    try {
      const found = new Map((await this.ask(userIds)).map((profile) => [profile.userId, profile]));
      for (const userId of userIds) this.take(userId)?.resolve(found.get(userId));
    } catch (error) {
      for (const userId of userIds) this.take(userId)?.reject(error);
    }
  }

  private take(userId: UserId): Deferred<Profile | undefined> | undefined {
    const answer = this.asking.get(userId);
    this.asking.delete(userId);
    return answer;
  }
}
