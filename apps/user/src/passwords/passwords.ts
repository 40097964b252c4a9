import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { problem } from '#contracts';
import { randomToken } from '#kernel';

/** Hashing takes a thread of libuv's pool (four by default): one stays free for everything else that needs one. */
const AT_ONCE = 3;
/** About a third of a second of waiting; and half of the questions that the service works on at a time stay free for others. */
const MAX_WAITING = 29;

/** Passwords as argon2id hashes, with the package's parameters (19 MiB, two passes: OWASP's first choice). */
export class Passwords {
  /** Of no password that anyone knows: what a guess is compared with when there is no account, so that it takes as long. */
  private readonly decoy = hash(randomToken());
  private readonly limit = pLimit(AT_ONCE);

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password));
  }

  /** False for an undefined hash, after the time that a comparison takes. */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    const expected = passwordHash ?? (await this.decoy);
    const same = await this.inTurn(() => verify(expected, password));
    return same && passwordHash !== undefined;
  }

  /** Rejects with `unavailable` when too many wait already: guesses must not keep everybody else from being served. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MAX_WAITING) throw problem('unavailable', 'too many passwords are being checked');
    return this.limit(work);
  }
}
