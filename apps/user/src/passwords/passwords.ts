import { hash, verify } from '@node-rs/argon2';
import { randomToken } from '#kernel';

/** Passwords as argon2id hashes, with the package's parameters (19 MiB, two passes: OWASP's first choice). */
export class Passwords {
  /** Of no password that anyone knows: what a guess is compared with when there is no account, so that it takes as long. */
  private readonly decoy = hash(randomToken());

  hash(password: string): Promise<string> {
    return hash(password);
  }

  /** False for an undefined hash, after the time that a comparison takes. */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    const same = await verify(passwordHash ?? (await this.decoy), password);
    return same && passwordHash !== undefined;
  }
}
