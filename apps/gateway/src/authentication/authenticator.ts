import { problem } from '#contracts';
import type { AccessTokens } from './access-tokens.js';
import { AdminKeys } from './admin-keys.js';
import type { Caller } from './caller.js';
import type { RevokedSessions } from './revoked-sessions.js';

/** Says who a token belongs to: the one way in for both edges. */
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly adminKeys: AdminKeys,
    private readonly revoked: Pick<RevokedSessions, 'isRevoked'>,
  ) {}

  /** An access token or an API key. Throws `unauthenticated`, `invalid_token`, `token_expired` or `token_revoked`. */
  async authenticate(token: string | undefined): Promise<Caller> {
    if (!token) throw problem('unauthenticated', 'send an access token or an API key');
    if (AdminKeys.looksLikeOne(token)) return this.backend(token);
    const caller = await this.tokens.verify(token);
    if (this.revoked.isRevoked(caller.sessionId)) {
      throw problem('token_revoked', `the session on device ${caller.deviceId} was logged out`);
    }
    return caller;
  }

  private backend(key: string): Caller {
    const keyId = this.adminKeys.identify(key);
    if (keyId === undefined) throw problem('invalid_token', 'the API key is not one of this server');
    return { kind: 'backend', keyId };
  }
}
