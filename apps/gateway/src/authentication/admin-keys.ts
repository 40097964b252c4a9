import { createHash, timingSafeEqual } from 'node:crypto';

const KEY_PREFIX = 'hk_';
const KEY_ID_LENGTH = 8;

/** The API keys of the team's backends. Only their digests are kept, and each comparison takes the same time whatever was sent. */
export class AdminKeys {
  private readonly digests: Buffer[];

  constructor(keys: readonly string[]) {
    this.digests = keys.map(digest);
  }

  static looksLikeOne(token: string): boolean {
    return token.startsWith(KEY_PREFIX);
  }

  /** The id of the key for logs, or undefined when it is none of ours. */
  identify(key: string): string | undefined {
    const sent = digest(key);
    const matches = this.digests.filter((known) => timingSafeEqual(known, sent));
    return matches[0]?.toString('hex').slice(0, KEY_ID_LENGTH);
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
