import { partitionForKey } from '#bus';
import { directConversation, TOPICS, type UserId } from '#contracts';
import { newId } from '#kernel';
import { HttpApi } from '../../../../apps/cli/src/client/http-api.js';
import type { Findings } from '../findings.js';

const PARTITIONS = TOPICS[0]?.partitions ?? 0;
const CANDIDATES = 100;

/** Somebody in every partition of every topic: asks and sends by the public API, to see that each still goes on. */
export class EveryPartition {
  private rounds = 0;

  private constructor(
    private readonly api: HttpApi,
    private readonly sender: UserId,
    private readonly receivers: readonly UserId[],
    private readonly askers: readonly UserId[],
  ) {}

  static async over(url: string, adminKey: string): Promise<EveryPartition> {
    const api = new HttpApi({ url, key: adminKey });
    const ids = Array.from({ length: CANDIDATES }, () => newId().toLowerCase() as UserId);
    await api.call('POST', '/v1/users:batch', { body: { users: ids.map((userId) => ({ userId })) } });
    const sender = ids[0] as UserId;
    const receivers = onePerPartition(ids.slice(1), (userId) => directConversation(sender, userId));
    return new EveryPartition(
      api,
      sender,
      receivers,
      onePerPartition(ids, (userId) => userId),
    );
  }

  /** A send into each partition, and each service's questions; waits for as long as a client would. */
  async goesOn(findings: Findings): Promise<void> {
    this.rounds += 1;
    const sends = this.receivers.map((userId) => this.send(userId));
    const questions = this.askers.flatMap((as) =>
      ['/v1/me', '/v1/me/conversations', '/v1/me/groups'].map((path) => this.api.call('GET', path, { as })),
    );
    const groups = this.askers.map((as) => this.api.call('POST', '/v1/groups', { as, body: { name: `round ${this.rounds}` } }));
    for (const settled of await Promise.allSettled([...sends, ...questions, ...groups])) {
      if (settled.status === 'rejected') findings.add('a partition does not go on', String(settled.reason));
    }
  }

  close(): void {
    this.api.close();
  }

  private send(userId: UserId): Promise<unknown> {
    const body = {
      senderId: this.sender,
      to: { userId },
      clientMsgId: `probe-${this.rounds}`,
      type: 'text',
      content: { text: 'still here' },
    };
    return this.api.call('POST', '/v1/messages', { as: this.sender, body });
  }
}

function onePerPartition(ids: readonly UserId[], keyOf: (id: UserId) => string): UserId[] {
  const chosen = new Map<number, UserId>();
  for (const id of ids) chosen.set(partitionForKey(keyOf(id), PARTITIONS), id);
  if (chosen.size < PARTITIONS) throw new Error(`${CANDIDATES} users are in ${chosen.size} partitions only`);
  return [...chosen.values()];
}
