import type { HttpClient } from './http-client.js';

export interface MintedToken {
  token: string;
  /** By the clock of this machine, ms. */
  expiresAt: number;
}

const BATCH = 100;

/** What an app's own server does for its users, with the admin key: no password, no hash. Rejects when it is not done. */
export class Backend {
  constructor(
    private readonly urls: () => readonly string[],
    private readonly adminKey: string,
    private readonly http: HttpClient,
  ) {}

  async createUsers(userIds: readonly string[]): Promise<void> {
    for (let i = 0; i < userIds.length; i += BATCH) {
      const users = userIds.slice(i, i + BATCH).map((userId) => ({ userId, nickname: userId }));
      await this.post('/v1/users:batch', { users });
    }
  }

  /** Ends the session that the device had. */
  async mintToken(userId: string, deviceId: string): Promise<MintedToken> {
    const body = await this.post(`/v1/users/${userId}/tokens`, { deviceId, platform: 'linux' });
    const { accessToken } = body as { accessToken: string };
    return { token: accessToken, expiresAt: Date.now() + lifetimeMs(accessToken) };
  }

  private async post(path: string, body: object): Promise<unknown> {
    const urls = this.urls();
    const url = urls[Math.floor(Math.random() * urls.length)];
    if (url === undefined) throw new Error('there is no gateway');
    const answer = await this.http.call(url, { method: 'POST', path, body, token: this.adminKey });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

function lifetimeMs(accessToken: string): number {
  const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString();
  const { iat, exp } = JSON.parse(payload) as { iat: number; exp: number };
  return (exp - iat) * 1000;
}
