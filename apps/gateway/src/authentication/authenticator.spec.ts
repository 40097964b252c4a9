import { SignJWT, UnsecuredJWT } from 'jose';
import type { SessionRevoked } from '#contracts';
import { AccessTokens } from './access-tokens.js';
import { AdminKeys } from './admin-keys.js';
import { Authenticator } from './authenticator.js';
import { bearerToken } from './bearer-token.js';
import { RevokedSessions } from './revoked-sessions.js';

const NOW = 1_700_000_000_000;
const clock = { time: NOW, now: () => clock.time };
const SECRETS = { old: 'o'.repeat(32), new: 'n'.repeat(64) };
const API_KEY = `hk_${'a'.repeat(40)}`;
const CLAIMS = { sub: 'alice', sid: 's1', did: 'd1', plt: 'ios', exp: NOW / 1000 + 900 };

function token(claims: object = {}, { kid = 'new', alg = 'HS256', secret = SECRETS.new } = {}): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg, kid }).sign(Buffer.from(secret));
}

describe('Authenticator', () => {
  let revoked: RevokedSessions;
  let authenticator: Authenticator;

  beforeEach(() => {
    clock.time = NOW;
    revoked = new RevokedSessions(clock);
    const keys = Object.entries(SECRETS).map(([kid, secret]) => ({ kid, secret }));
    authenticator = new Authenticator(new AccessTokens(keys, clock), new AdminKeys([API_KEY]), revoked);
  });

  it('knows a user by his token', async () => {
    expect(await authenticator.authenticate(await token())).toEqual({
      kind: 'user',
      userId: 'alice',
      sessionId: 's1',
      deviceId: 'd1',
      platform: 'ios',
      expiresAt: CLAIMS.exp * 1000,
    });
  });

  it('takes tokens of every key that is configured', async () => {
    await expect(authenticator.authenticate(await token({}, { kid: 'old', secret: SECRETS.old }))).resolves.toBeDefined();
  });

  it('refuses a token from the moment of its expiry', async () => {
    const text = await token();
    clock.time = CLAIMS.exp * 1000 - 1;
    await expect(authenticator.authenticate(text)).resolves.toBeDefined();
    clock.time = CLAIMS.exp * 1000;
    await expect(authenticator.authenticate(text)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it.each([
    ['signed with another secret', () => token({}, { secret: 'x'.repeat(32) })],
    ['with an unknown key id', () => token({}, { kid: 'other' })],
    ['signed with the secret of another key id', () => token({}, { kid: 'old' })],
    ['with another algorithm', () => token({}, { alg: 'HS512' })],
    ['without a signature', () => Promise.resolve(new UnsecuredJWT(CLAIMS).encode())],
    ['that is no JWT', () => Promise.resolve('a.b.c')],
    ['without an expiry', () => token({ exp: undefined })],
    ['without a session', () => token({ sid: undefined })],
    ['of an impossible user', () => token({ sub: 'a b' })],
    ['of an unknown platform', () => token({ plt: 'toaster' })],
    ['with a part changed', async () => (await token()).replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`)],
  ])('refuses a token %s', async (_, make) => {
    await expect(authenticator.authenticate(await make())).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it('refuses a token of a session that was logged out', async () => {
    revoked.revoke({ sessionId: 's1' } as SessionRevoked);
    await expect(authenticator.authenticate(await token())).rejects.toMatchObject({ code: 'token_revoked' });
    await expect(authenticator.authenticate(await token({ sid: 's2' }))).resolves.toBeDefined();
  });

  it('knows a backend by its API key, and calls it by an id that is not the key', async () => {
    const caller = await authenticator.authenticate(API_KEY);
    expect(caller).toEqual({ kind: 'backend', keyId: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });

  it.each([`${API_KEY}x`, API_KEY.slice(0, -1), 'hk_'])('refuses the API key %s', async (key) => {
    await expect(authenticator.authenticate(key)).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it('asks for credentials when there are none', async () => {
    await expect(authenticator.authenticate(undefined)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(authenticator.authenticate('')).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('bearerToken', () => {
  it('is what follows Bearer, in any case', () => {
    expect(bearerToken('Bearer abc')).toBe('abc');
    expect(bearerToken('bearer  abc ')).toBe('abc');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', 'abc'])('is missing in %j', (header) => {
    expect(() => bearerToken(header)).toThrow(expect.objectContaining({ code: 'unauthenticated' }) as Error);
  });
});
