import { Api, type Answer } from '../support/api.js';
import { expectStatus, newName, tokenOf } from '../support/people.js';
import { backend, gateways, type Shape } from '../support/shape.js';

export const USERS = 4;

/** The users and the group that one walk of the model has to itself; the users are spread over the gateways. */
export class HectoUnderTest {
  private constructor(
    readonly userIds: readonly string[],
    readonly groupId: string,
    private readonly apis: readonly Api[],
  ) {}

  static async with(shape: Shape, history: 'join' | 'all'): Promise<HectoUnderTest> {
    const userIds = Array.from({ length: USERS }, () => newName());
    await expectStatus(backend(shape).post('/v1/users:batch', { users: userIds.map((userId) => ({ userId })) }), 200);
    const tokens = await Promise.all(userIds.map((userId) => tokenOf(shape, userId)));
    const groupId = newName('g');
    await expectStatus(
      backend(shape)
        .as(userIds[0] ?? '')
        .post('/v1/groups', { groupId, history }),
      201,
    );
    return new HectoUnderTest(
      userIds,
      groupId,
      tokens.map((token, user) => new Api(gateways(shape)[user % 2 === 0 ? 0 : 1], token)),
    );
  }

  as(user: number): Api {
    return this.apis[user] ?? new Api('');
  }

  get groupConversation(): string {
    return `sg_${this.groupId}`;
  }

  directConversation(a: number, b: number): string {
    return `si_${[this.userIds[a], this.userIds[b]].sort().join('_')}`;
  }

  send(user: number, target: object, clientMsgId: string, words: string): Promise<Answer> {
    return this.as(user).post('/v1/messages', { ...target, clientMsgId, type: 'text', content: { text: words } });
  }
}

/** `201`, or `403 not_a_member`. */
export function outcome({ status, body }: Answer): string {
  return status < 400 ? String(status) : `${status} ${String(body.code)}`;
}
