import { build, type Histogram } from 'hdr-histogram-js';
import { ChatClient } from './chat-client.js';
import { openLoop } from './open-loop.js';

export interface Backend {
  gateways: readonly string[];
  adminKey: string;
}

export interface StepResult {
  rate: number;
  sent: number;
  answered: number;
  delivered: number;
  refused: Record<string, number>;
  /** In tenths of a millisecond, from the intended time of the send. */
  answerTime: Histogram;
  deliveryTime: Histogram;
  /** From the last intended send to the last answer or delivery, ms. */
  drainedMs: number;
}

const CONTENT = { text: 'x'.repeat(130) };
const DRAIN_MS = 10_000;
const BATCH = 100;

/** Pairs of users, each with a socket; each pair is one conversation, its two users on different gateways where there are several. */
export class OneToOne {
  private readonly clients: ChatClient[] = [];
  private readonly intended = new Map<string, number>();
  private step: StepResult | undefined;
  private lastAt = 0;

  constructor(
    private readonly backend: Backend,
    private readonly users: number,
    private readonly run: string,
  ) {}

  async open(): Promise<void> {
    const names = Array.from({ length: this.users }, (_, i) => this.name(i));
    for (let i = 0; i < names.length; i += BATCH) {
      await this.post('/v1/users:batch', { users: names.slice(i, i + BATCH).map((userId) => ({ userId, nickname: userId })) });
    }
    for (let i = 0; i < names.length; i += 20) {
      this.clients.push(...(await Promise.all(names.slice(i, i + 20).map((name, j) => this.connect(name, i + j)))));
    }
  }

  async measure(rate: number, seconds: number, label: string): Promise<StepResult> {
    const step = newStep(rate);
    this.step = step;
    let last = 0;
    await openLoop(rate, seconds, (intended, n) => {
      last = intended;
      this.send(n, `${label}-${n}`, intended, step);
    });
    await drained(step);
    step.drainedMs = this.lastAt - last;
    return step;
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  private send(n: number, id: string, intended: number, step: StepResult): void {
    const from = n % this.users;
    const to = from ^ 1;
    step.sent += 1;
    this.intended.set(id, intended);
    this.clients[from]?.send(this.name(to), id, CONTENT).then(
      () => {
        step.answered += 1;
        this.record(step.answerTime, intended);
      },
      (error: unknown) => {
        const code = error instanceof Error ? error.message : 'unknown';
        step.refused[code] = (step.refused[code] ?? 0) + 1;
      },
    );
  }

  private received(id: string): void {
    const intended = this.intended.get(id);
    if (intended === undefined || !this.step) return;
    this.intended.delete(id);
    this.step.delivered += 1;
    this.record(this.step.deliveryTime, intended);
  }

  private record(histogram: Histogram, intended: number): void {
    this.lastAt = performance.now();
    histogram.recordValue(Math.max(1, Math.round((this.lastAt - intended) * 10)));
  }

  private async connect(userId: string, n: number): Promise<ChatClient> {
    const { accessToken } = await this.post(`/v1/users/${userId}/tokens`, { deviceId: 'bench', platform: 'linux' });
    const gateway = this.backend.gateways[n % this.backend.gateways.length] ?? '';
    return ChatClient.connect(gateway, String(accessToken), (id) => this.received(id));
  }

  private async post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.backend.gateways[0] ?? ''}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.backend.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }

  private name(n: number): string {
    return `bench-${this.run}-${n}`;
  }
}

function newStep(rate: number): StepResult {
  const histogram = () => build({ lowestDiscernibleValue: 1, highestTrackableValue: 1e7, numberOfSignificantValueDigits: 3 });
  return { rate, sent: 0, answered: 0, delivered: 0, refused: {}, answerTime: histogram(), deliveryTime: histogram(), drainedMs: 0 };
}

async function drained(step: StepResult): Promise<void> {
  const deadline = performance.now() + DRAIN_MS;
  const done = () => step.answered + Object.values(step.refused).reduce((a, b) => a + b, 0) >= step.sent && step.delivered >= step.answered;
  while (!done() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}
