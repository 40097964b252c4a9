import type { Clock } from '#kernel';
import { BusClient, EmbeddedLog, type ReceivedRecord, type Subscription } from '#bus';
import { TOPIC, TOPICS, USER_QUESTIONS, type Question, type SessionRevoked, type UserChanged } from '#contracts';
import { silentTelemetry } from '#observability';
import type { RunningService } from '#runtime';
import { testDatabase, type TestDatabase } from '#testing';
import { startUser } from './start-user.js';
import { USER_COLLECTIONS } from './store/user.collections.js';

export const JWT_KEYS = [
  { kid: 'new', secret: 'n'.repeat(32) },
  { kid: 'old', secret: 'o'.repeat(32) },
];

/** A clock that tests move. */
export class MovableClock implements Clock {
  private aheadMs = 0;

  now(): number {
    return Date.now() + this.aheadMs;
  }

  advance(ms: number): void {
    this.aheadMs += ms;
  }
}

/** The user service on a database of its own and a log in memory, asked as the gateway asks. */
export class StartedUser {
  readonly changes: UserChanged[] = [];
  readonly revocations: SessionRevoked[] = [];
  private subscriptions: Subscription[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly log: EmbeddedLog,
    readonly clock: MovableClock,
    private readonly service: RunningService,
    private readonly asker: BusClient,
  ) {}

  static async start(): Promise<StartedUser> {
    const clock = new MovableClock();
    const database = await testDatabase(USER_COLLECTIONS);
    const log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
    const service = await startUser({ database, log, clock, telemetry: silentTelemetry('user'), config: { jwtKeys: JWT_KEYS } });
    const asker = await BusClient.start({ log, service: 'gateway', instance: 'test', telemetry: silentTelemetry('gateway'), clock });
    const started = new StartedUser(database, log, clock, service, asker);
    await started.listen();
    return started;
  }

  ask<Name extends keyof typeof USER_QUESTIONS>(
    name: Name,
    payload: (typeof USER_QUESTIONS)[Name] extends Question<infer Ask, unknown> ? Ask : never,
  ): Promise<(typeof USER_QUESTIONS)[Name] extends Question<object, infer Reply> ? Reply : never> {
    const question = USER_QUESTIONS[name] as Question<object, never>;
    // A key each, so that nothing but the service itself keeps questions from running side by side.
    return this.asker.ask(question, `${name}-${Math.random()}`, payload);
  }

  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    await this.service.close();
    await this.asker.close();
    await this.log.close();
    await this.database.close();
  }

  private async listen(): Promise<void> {
    const hear = <Event>(topic: string, into: Event[]) =>
      this.log.subscribe(topic, { group: `test--${topic}`, maxRecords: 100, maxBytes: 1e6 }, ({ records }) => {
        into.push(...records.map((record: ReceivedRecord) => JSON.parse(record.value.toString()) as Event));
        return Promise.resolve();
      });
    this.subscriptions = await Promise.all([hear(TOPIC.userChanged, this.changes), hear(TOPIC.sessionRevoked, this.revocations)]);
  }
}
