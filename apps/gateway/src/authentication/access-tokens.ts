import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, type JWTHeaderParameters, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { JwtKey } from '#config';
import type { Clock } from '#kernel';
import { isUserId, PLATFORM_NAMES, problem, type Platform } from '#contracts';
import type { UserCaller } from './caller.js';

/** Verifies access tokens: HS256 with the key that the token's `kid` names. */
export class AccessTokens {
  private readonly keys: Map<string, KeyObject>;

  constructor(
    keys: readonly JwtKey[],
    private readonly clock: Clock,
  ) {
    this.keys = new Map(keys.map(({ kid, secret }) => [kid, createSecretKey(Buffer.from(secret))]));
  }

  /** Throws `invalid_token` or `token_expired`. */
  async verify(token: string): Promise<UserCaller> {
    const payload = await this.verified(token);
    return callerOf(payload);
  }

  private async verified(token: string): Promise<JWTPayload> {
    try {
      const options: JWTVerifyOptions = {
        algorithms: ['HS256'],
        currentDate: new Date(this.clock.now()),
      };
      const { payload } = await jwtVerify(token, (header: JWTHeaderParameters) => this.keyOf(header.kid), options);
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw problem('token_expired', 'the access token has expired', { cause });
      throw problem('invalid_token', 'the access token is malformed or was not signed by this server', { cause });
    }
  }

  private keyOf(kid: string | undefined): KeyObject {
    const key = this.keys.get(kid ?? '');
    if (!key) throw new Error('unknown key id');
    return key;
  }
}

function callerOf({ sub, sid, did, plt, exp }: JWTPayload): UserCaller {
  const texts = typeof sub === 'string' && typeof sid === 'string' && typeof did === 'string';
  if (!texts || !isUserId(sub) || !isPlatform(plt) || typeof exp !== 'number') {
    throw problem('invalid_token', 'the access token lacks claims of this server');
  }
  return { kind: 'user', userId: sub, sessionId: sid, deviceId: did, platform: plt, expiresAt: exp * 1000 };
}

function isPlatform(name: unknown): name is Platform {
  return PLATFORM_NAMES.includes(name as Platform);
}
