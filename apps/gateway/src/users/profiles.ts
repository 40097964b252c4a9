import { LRUCache } from 'lru-cache';
import type { Bus } from '#bus';
import { problem, USER_QUESTIONS, type Profile, type UserChanged, type UserId } from '#contracts';
import { ProfileLookup } from './profile-lookup.js';

export interface ProfilesOptions {
  /** Profiles kept in memory. */
  maxEntries: number;
  /** An entry that no event has touched is asked for again after this time: how stale it can be if events were missed. */
  maxAgeMs: number;
}

const DEFAULTS: ProfilesOptions = { maxEntries: 20_000, maxAgeMs: 10 * 60_000 };

/** Nicknames and avatars as they are now, within a second of a change. Only users that exist are remembered: a new one is found at once. */
export class Profiles {
  private readonly cache: LRUCache<UserId, Profile>;
  private readonly lookup: ProfileLookup;

  constructor(bus: Bus, options: ProfilesOptions = DEFAULTS) {
    this.cache = new LRUCache({ max: options.maxEntries, ttl: options.maxAgeMs });
    this.lookup = new ProfileLookup(async (userIds) => {
      const found = await bus.ask(USER_QUESTIONS.getProfiles, userIds[0] ?? '', { userIds });
      return found.map((profile) => this.remember(profile));
    });
  }

  /** Throws `user_not_found`. */
  async of(userId: UserId): Promise<Profile> {
    const profile = await this.find(userId);
    if (!profile) throw problem('user_not_found', `there is no user ${userId}`);
    return profile;
  }

  /** Their profiles, in the order of `ids`; throws `user_not_found` that names those that don't exist. */
  async requireUsers(ids: readonly UserId[]): Promise<Profile[]> {
    const profiles = await Promise.all(ids.map((id) => this.find(id)));
    const missing = ids.filter((_, index) => !profiles[index]);
    if (missing.length > 0) throw problem('user_not_found', `there is no user ${missing.join(', ')}`);
    return profiles.filter((profile) => profile !== undefined);
  }

  /** What `user.changed.v1` said. */
  changed({ profile }: UserChanged): void {
    // Whoever has just registered is about to be asked for; when memory is full, he must not push out those who were.
    const hasRoom = this.cache.size < this.cache.max;
    if (hasRoom || this.cache.has(profile.userId) || this.lookup.isAsking(profile.userId)) this.remember(profile);
  }

  private async find(userId: UserId): Promise<Profile | undefined> {
    return this.cache.get(userId) ?? (await this.lookup.of(userId));
  }

  /** The newer of this one and what is known: an answer may be older than an event that overtook it. */
  private remember(profile: Profile): Profile {
    const known = this.cache.peek(profile.userId);
    if (known && known.version > profile.version) return known;
    this.cache.set(profile.userId, profile);
    return profile;
  }
}
