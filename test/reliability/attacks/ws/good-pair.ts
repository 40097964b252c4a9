import { deferred, type Deferred } from '#kernel';
import { waitFor } from '#testing';
import { ApiSocket } from '../../../../apps/cli/src/client/api-socket.js';
import type { World } from '../target/create-world.js';
import type { Findings } from '../findings.js';

const WITHIN_MS = 10_000;

/** Two clients who behave, and look whether they are served as ever. */
export class GoodPair {
  private readonly expected = new Map<string, Deferred<void>>();
  private rounds = 0;

  private constructor(
    private readonly world: World,
    private readonly name: string,
  ) {}

  private sockets: readonly ApiSocket[] = [];

  static async connect(url: string, world: World, name: string): Promise<GoodPair> {
    const pair = new GoodPair(world, name);
    pair.sockets = await Promise.all(
      world.pair.map(({ token }) =>
        ApiSocket.open({ url, key: token, onPush: (type, data) => pair.take(type, data as { clientMsgId?: string }) }),
      ),
    );
    return pair;
  }

  /** Each writes to the other, and gets what the other wrote. */
  async exchange(findings: Findings): Promise<void> {
    this.rounds += 1;
    const round = this.rounds;
    await this.each(findings, async (from, to) => {
      const clientMsgId = `${this.name}-${round}-${from}`;
      const received = deferred();
      this.expected.set(clientMsgId, received);
      const userId = this.world.pair[to].userId;
      await this.sockets[from]?.ask('send', {
        to: { userId },
        clientMsgId: clientMsgId as never,
        type: 'text',
        content: { text: 'still here' },
      });
      await received.promise;
    });
  }

  /** Each reads, which changes nothing. */
  async look(findings: Findings): Promise<void> {
    const [, conversationId] = this.world.conversationIds;
    await this.each(findings, async (from) => {
      await this.sockets[from]?.ask('ping', {});
      await this.sockets[from]?.ask('history', { conversationId: `sg_${this.world.groupIds[1] ?? ''}` as never });
      await this.sockets[from]?.ask('sync', { cursors: { [conversationId ?? '']: 0 as never } });
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  private async each(findings: Findings, work: (from: 0 | 1, to: 0 | 1) => Promise<void>): Promise<void> {
    let done = 0;
    const failed: unknown[] = [];
    const count = () => (done += 1);
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const)
      work(from, to).then(count, (error: unknown) => failed.push(error));
    await waitFor(() => done + failed.length === 2, { withinMs: WITHIN_MS, what: 'the well-behaved pair to be served' }).catch(
      (error: unknown) => failed.push(error),
    );
    for (const error of failed) findings.add('a well-behaved client was not served', String(error));
  }

  private take(type: string, { clientMsgId }: { clientMsgId?: string }): void {
    if (type === 'message' && clientMsgId !== undefined) this.expected.get(clientMsgId)?.resolve();
  }
}
