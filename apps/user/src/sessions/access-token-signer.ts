import { createSecretKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { JwtKey } from '#config';
import type { DeviceSession } from './device-session.js';
import { TOKEN_LIFETIME } from './token-lifetime.js';

/** Makes access tokens: HS256 with the first key. The others only verify, which is the gateway's part. */
export class AccessTokenSigner {
  private readonly kid: string;
  private readonly key: KeyObject;

  constructor(keys: readonly JwtKey[]) {
    const [first] = keys;
    if (!first) throw new Error('no key to sign access tokens with');
    this.kid = first.kid;
    this.key = createSecretKey(Buffer.from(first.secret));
  }

  async sign(session: DeviceSession, now: number): Promise<{ accessToken: string; accessExpiresAt: number }> {
    const issuedAt = Math.floor(now / 1000);
    const expiresAt = issuedAt + Math.floor(TOKEN_LIFETIME.accessMs / 1000);
    const { userId, sessionId: sid, deviceId: did, platform: plt } = session;
    const accessToken = await new SignJWT({ sid, did, plt })
      .setProtectedHeader({ alg: 'HS256', kid: this.kid, typ: 'JWT' })
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.key);
    return { accessToken, accessExpiresAt: expiresAt * 1000 };
  }
}
