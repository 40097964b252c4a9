import type { EventLog, ReceivedRecord, Subscription, Train } from '../log/event-log.js';
import { ANY_TRAIN, textRecord, until } from './collector.suite.js';
import type { LogModel } from './log-model.suite.js';
import type { LogUnderTest } from './log-under-test.suite.js';

/** What the commands of the state machine act on: a log, the members of one group, and what they have handled, in order. */
export class LogMachine {
  readonly handled: ReceivedRecord[] = [];
  /** The next train is refused by whoever gets it. */
  refuseNext = false;
  private members: Subscription[] = [];

  constructor(
    private readonly under: LogUnderTest,
    private log: EventLog,
    private readonly topic: string,
    private readonly group: string,
    private readonly patienceMs: number,
  ) {}

  async append(keys: readonly string[], model: LogModel): Promise<void> {
    const texts = keys.map((key) => ({ key, text: model.newText(key) }));
    await Promise.all(texts.map(({ key, text }) => this.log.append(this.topic, [textRecord(key, text)])));
    for (const { key, text } of texts) model.certain(key, text);
  }

  async join(): Promise<void> {
    const log = this.members.length === 0 ? this.log : await this.under.another();
    this.members.push(await log.subscribe(this.topic, { group: this.group, ...ANY_TRAIN, maxRecords: 5 }, (train) => this.handle(train)));
  }

  async leave(which: number): Promise<void> {
    const [member] = this.members.splice(which % this.members.length, 1);
    await member?.stop();
  }

  /** Everything that was there has been handled by somebody, and the offsets are about to be committed. */
  async caughtUp(owed: readonly string[]): Promise<void> {
    const behind = () => {
      const seen = new Set(this.handled.map(({ value }) => value.toString()));
      return owed.filter((text) => !seen.has(text));
    };
    await until(() => behind().length === 0, 'everything appended to be handled', this.patienceMs).catch((error: unknown) => {
      throw new Error(`${String(error)}; missing ${behind().join(', ')}`);
    });
  }

  /** Appends are under way when it dies: whether they happened nobody knows. */
  async crash(keys: readonly string[], model: LogModel): Promise<void> {
    const appends = keys.map((key) => {
      const text = model.newText(key);
      model.uncertain.add(text);
      return this.log.append(this.topic, [textRecord(key, text)]);
    });
    const successor = this.under.crash();
    this.log = await successor;
    await Promise.allSettled(appends);
    this.members = [];
  }

  private handle(train: Train): Promise<void> {
    if (this.refuseNext) {
      this.refuseNext = false;
      return Promise.reject(new Error('meant to fail'));
    }
    this.handled.push(...train.records);
    return Promise.resolve();
  }
}
