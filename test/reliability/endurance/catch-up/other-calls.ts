import { isRetryable } from '../../../../apps/cli/src/client/api-error.js';
import { HttpApi } from '../../../../apps/cli/src/client/http-api.js';
import { ApiSocket } from '../../../../apps/cli/src/client/api-socket.js';
import { openLoop } from '../../../../bench/src/open-loop.js';
import type { ConversationId } from '#contracts';
import { Latency } from '../measure/latency.js';
import { table } from '../report.js';
import type { Stage } from '../start-stage.js';

const PASSWORD = 'correct horse battery';
const FRIEND = 'other-b';
const MESSAGES = 20;
const RATES = { history: 10, list: 10, 'log-in': 2, sync: 10 } as const;
type Kind = keyof typeof RATES;
const KINDS = Object.keys(RATES) as Kind[];

/** What a phase showed, by call. */
interface CallTimes {
  latency: Record<Kind, Latency>;
  failed: string[];
  /** Those of them that are not retryable. */
  final: string[];
}

/** A user who does everything but send: reads history and list, logs in, syncs; at steady rates. */
export class OtherCalls {
  private readonly phases = new Map<string, CallTimes>();

  private constructor(
    private readonly api: HttpApi,
    private readonly userId: string,
    private readonly conversationId: ConversationId,
    private readonly socket: ApiSocket,
  ) {}

  static async prepare({ target, backend }: Stage): Promise<OtherCalls> {
    const api = new HttpApi({ url: target.url, key: target.adminKey });
    await backend.createUsers([FRIEND]);
    const { userId } = await api.call<{ userId: string }>('POST', '/v1/users', { body: { userId: 'other-a', password: PASSWORD } });
    let conversationId = '';
    for (let n = 0; n < MESSAGES; n += 1) {
      const body = { senderId: userId, to: { userId: FRIEND }, clientMsgId: `other-${n}`, type: 'text', content: { text: `message ${n}` } };
      ({ conversationId } = await api.call<{ conversationId: string }>('POST', '/v1/messages', { as: userId, body }));
    }
    const { token } = await backend.mintToken(userId, 'phone');
    const socket = await ApiSocket.open({ url: target.url, key: token });
    return new OtherCalls(api, userId, conversationId as ConversationId, socket);
  }

  /** Resolves when all have come back. Times of one phase add up. */
  async during(phase: string, seconds: number): Promise<void> {
    const times = this.phases.get(phase) ?? newTimes();
    this.phases.set(phase, times);
    const calls: Promise<void>[] = [];
    const one = async (kind: Kind, intended: number) => {
      try {
        await this.call(kind);
        times.latency[kind].record(performance.now() - intended);
      } catch (error) {
        times.failed.push(`${kind} ${phase}: ${String(error)}`);
        if (!isRetryable(error)) times.final.push(`${kind} ${phase}: ${String(error)}`);
      }
    };
    await Promise.all(KINDS.map((kind) => openLoop(RATES[kind], seconds, (intended) => calls.push(one(kind, intended)))));
    await Promise.all(calls);
  }

  /** ms. */
  render(): string {
    const rows = KINDS.flatMap((kind) =>
      [...this.phases].map(([phase, { latency }]) => [kind, phase, latency[kind].count, ...latency[kind].cells]),
    );
    const failed = [...this.phases.values()].flatMap((times) => times.failed);
    const said = failed.length === 0 ? 'none failed' : `${failed.length} failed, the first: ${failed[0] ?? ''}`;
    return `Other calls, ms; ${said}:\n\n${table(['call', 'when', 'answered', 'p50', 'p99', 'most'], rows)}`;
  }

  /** Calls that failed for good, or that nobody answered as long as a phase lasted. */
  get broken(): string[] {
    return [...this.phases].flatMap(([phase, { latency, final }]) => [
      ...final,
      ...KINDS.filter((kind) => latency[kind].count === 0).map((kind) => `no ${kind} was answered ${phase}`),
    ]);
  }

  leave(): void {
    this.socket.close();
    this.api.close();
  }

  private async call(kind: Kind): Promise<unknown> {
    const as = this.userId;
    const path = `/v1/conversations/${encodeURIComponent(this.conversationId)}/messages`;
    switch (kind) {
      case 'history':
        return this.api.call('GET', path, { as });
      case 'list':
        return this.api.call('GET', '/v1/me/conversations', { as });
      case 'log-in':
        return this.api.call('POST', '/v1/sessions', { body: { login: as, password: PASSWORD, deviceId: 'laptop', platform: 'linux' } });
      case 'sync':
        return this.socket.ask('sync', { cursors: { [this.conversationId]: 0 as never } });
    }
  }
}

function newTimes(): CallTimes {
  return { latency: Object.fromEntries(KINDS.map((kind) => [kind, new Latency()])) as Record<Kind, Latency>, failed: [], final: [] };
}
