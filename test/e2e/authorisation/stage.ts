import { decodeJwt, SignJWT } from 'jose';
import { waitFor } from '#testing';
import { Api } from '../support/api.js';
import { expectStatus, newName, text, tokenOf } from '../support/people.js';
import { backend, gateways, type Shape } from '../support/shape.js';
import type { CallerName } from './callers.js';

const PEOPLE = ['stranger', 'left', 'kicked', 'member', 'admin', 'owner', 'other'] as const;
type Role = (typeof PEOPLE)[number];

/** Whose token a caller shows. */
const SELF: Partial<Record<CallerName, Role>> = {
  'a stranger': 'stranger',
  'one who left': 'left',
  'one who was kicked': 'kicked',
  'a member': 'member',
  'an admin': 'admin',
  'the owner': 'owner',
};

export interface Credentials {
  token: string | undefined;
  actAs: string | undefined;
}

/** A group with one of each kind, a message in it, and one between its owner and a member. */
export class Stage {
  private readonly tokens = new Map<CallerName, Promise<string | undefined>>();

  private constructor(
    private readonly shape: Shape,
    readonly ids: Readonly<Record<Role, string>>,
    readonly groupId: string,
  ) {}

  static async set(shape: Shape): Promise<Stage> {
    const ids = Object.fromEntries(PEOPLE.map((role) => [role, newName(role)])) as Record<Role, string>;
    const stage = new Stage(shape, ids, newName('g'));
    await stage.build();
    return stage;
  }

  get conversationId(): string {
    return `sg_${this.groupId}`;
  }

  /** Of the owner and the member, and of nobody else. */
  get direct(): string {
    return `si_${[this.ids.member, this.ids.owner].sort().join('_')}`;
  }

  async credentials(caller: CallerName): Promise<Credentials> {
    const actAs = caller === 'a member posing as the owner' || caller === 'an admin key for the owner' ? this.ids.owner : undefined;
    return { token: await this.token(caller), actAs };
  }

  async api(caller: CallerName): Promise<Api> {
    const { token, actAs } = await this.credentials(caller);
    return new Api(gateways(this.shape)[0], token, actAs);
  }

  async refreshToken(): Promise<string> {
    const answer = await expectStatus(
      backend(this.shape).post(`/v1/users/${this.ids.owner}/tokens`, { deviceId: newName('desktop'), platform: 'linux' }),
      201,
    );
    return answer.body.refreshToken as string;
  }

  token(caller: CallerName): Promise<string | undefined> {
    const known = this.tokens.get(caller) ?? this.newToken(caller);
    this.tokens.set(caller, known);
    return known;
  }

  private async newToken(caller: CallerName): Promise<string | undefined> {
    switch (caller) {
      case 'nobody':
        return undefined;
      case 'a forger':
        return this.resigned(`dev=${'f'.repeat(40)}`, 900);
      case 'an expired token':
        return this.resigned(this.shape.jwtKeys, -1);
      case 'a revoked session':
        return this.revoked();
      case 'a member posing as the owner':
        return this.token('a member');
      case "the owner's other device":
        return tokenOf(this.shape, this.ids.owner, 'laptop');
      case 'an admin key':
      case 'an admin key for the owner':
        return this.shape.adminKey;
      default:
        return tokenOf(this.shape, this.ids[SELF[caller] ?? 'owner']);
    }
  }

  /** The owner's token, signed anew with this key, good for so many seconds. */
  private async resigned(keys: string, seconds: number): Promise<string> {
    const claims = decodeJwt((await this.token('the owner')) ?? '');
    const [kid = '', secret = ''] = keys.split(',')[0]?.split('=') ?? [];
    const exp = Math.floor(Date.now() / 1000) + seconds;
    return new SignJWT({ ...claims, exp }).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(secret));
  }

  private async revoked(): Promise<string> {
    const token = await tokenOf(this.shape, this.ids.owner, 'tablet');
    const api = new Api(gateways(this.shape)[0], token);
    await expectStatus(backend(this.shape).as(this.ids.owner).delete('/v1/me/devices/tablet'), 204);
    await waitFor(async () => (await api.get('/v1/me')).status === 401, { withinMs: 5000, what: 'the session to be revoked' });
    return token;
  }

  private async build(): Promise<void> {
    const { ids, groupId } = this;
    const key = backend(this.shape);
    await expectStatus(key.post('/v1/users:batch', { users: PEOPLE.map((role) => ({ userId: ids[role] })) }), 200);
    const memberIds = [ids.left, ids.kicked, ids.member, ids.admin, ids.other];
    await expectStatus(key.as(ids.owner).post('/v1/groups', { groupId, memberIds }), 201);
    await Promise.all([
      expectStatus(key.as(ids.owner).patch(`/v1/groups/${groupId}/members/${ids.admin}`, { role: 'admin' }), 200),
      expectStatus(key.as(ids.left).post(`/v1/groups/${groupId}/leave`), 204),
      expectStatus(key.as(ids.owner).delete(`/v1/groups/${groupId}/members/${ids.kicked}`), 204),
      expectStatus(key.as(ids.owner).post('/v1/messages', { to: { groupId }, ...text('first') }), 201),
      expectStatus(key.as(ids.owner).post('/v1/messages', { to: { userId: ids.member }, ...text('first') }), 201),
    ]);
  }
}
