import { HEADER, type EventLog, type ReceivedRecord } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { consumerGroup, deadLetterTopic, rpcTopic, TOPIC, USER_QUESTIONS } from '#contracts';
import { Counter } from '../counter.js';
import { Dice } from '../dice.js';
import { Findings } from '../findings.js';
import type { AttackOptions, AttackReport } from '../report.js';
import { createWorld, type World } from '../target/create-world.js';
import { changesBetween, digestOf } from '../target/database-digest.js';
import { ProcessWatch } from '../target/process-watch.js';
import { GoodPair } from '../ws/good-pair.js';
import { decidedUpTo } from './decided-up-to.js';
import { EveryPartition } from './every-partition.js';
import { RecordAttacks, type RecordAttack } from './record-attacks.js';
import { recordedIn } from './recorded-records.js';
import { startClusterTarget, type ClusterTarget } from '../target/start-cluster-target.js';

/** Commands and questions: what the services act on. */
const COMMANDED = [TOPIC.send, ...(['message', 'conversation', 'group', 'user'] as const).map(rpcTopic), TOPIC.reply];
/** What they hear of each other; a wrong one is retried for some seconds before it is given up, so these get fewer. */
const HEARD = [TOPIC.stored, TOPIC.userChanged, TOPIC.groupChanged, TOPIC.sessionRevoked];
const BATCH = 100;
const HEARD_SHARE = 0.02;
const DECIDED_WITHIN_MS = 60_000;

/** Said of a record that was put away as it should be. */
const EXPECTED = [/a stored record could not be delivered/, /moved a record to the dead letters/, /skipped a broadcast record/];

/** Records of a real Kafka that no service has written: none may change a document, stop a process or hold up a partition. */
export async function attackBus(options: AttackOptions): Promise<AttackReport> {
  const target = await startClusterTarget();
  const log = new KafkaLog({ brokers: target.brokers, clientId: 'attack' });
  try {
    return await new BusAttack(target, log, await createWorld(target), options).run();
  } finally {
    await log.close();
    await target.stop();
  }
}

class BusAttack {
  private readonly findings = new Findings();
  private readonly counter = new Counter();
  private readonly watch: ProcessWatch;
  private readonly dice: Dice;

  constructor(
    private readonly target: ClusterTarget,
    private readonly log: EventLog,
    private readonly world: World,
    private readonly options: AttackOptions,
  ) {
    this.watch = new ProcessWatch(target.watched);
    this.dice = new Dice(options.seed);
  }

  async run(): Promise<AttackReport> {
    const { cases, seed } = this.options;
    const partitions = await EveryPartition.over(this.target.url, this.target.adminKey);
    const pair = await GoodPair.connect(this.target.url, this.world, 'pair');
    await pair.exchange(this.findings);
    await partitions.goesOn(this.findings);
    const [commands, events] = [await this.record(COMMANDED), await this.record(HEARD)];
    const goesOn = async () => {
      await partitions.goesOn(this.findings);
      await pair.exchange(this.findings);
    };
    const started = performance.now();
    const before = await this.digest();
    await this.append(
      Math.ceil(cases / 2),
      () => (this.dice.chance(HEARD_SHARE) ? events : commands).refused(),
      () => Promise.resolve(),
    );
    for (const change of changesBetween(before, await this.digest())) this.findings.add(`a document changed: ${change}`);
    await goesOn();
    await this.append(Math.floor(cases / 2), () => commands.anything(), goesOn);
    await goesOn();
    const seconds = (performance.now() - started) / 1000;
    await this.countDeadLetters();
    this.watch.look(this.findings, EXPECTED);
    pair.close();
    partitions.close();
    return { name: 'bus records', seed, cases, seconds, counts: this.counter.all, findings: this.findings };
  }

  private async record(topics: readonly string[]): Promise<RecordAttacks> {
    const recorded = await Promise.all(
      topics.map(async (topic) => [topic, (await recordedIn(this.log, topic)).filter((record) => !this.logsOutThePair(record))] as const),
    );
    return new RecordAttacks(new Map(recorded.filter(([, records]) => records.length > 0)), this.dice);
  }

  /** The pair's own log-in: valid once more, it would rightly end their session. */
  private logsOutThePair({ headers, value }: ReceivedRecord): boolean {
    return headers[HEADER.type] === USER_QUESTIONS.mintTokens.name && this.world.pair.some(({ userId }) => value.includes(userId));
  }

  private async append(cases: number, next: () => RecordAttack, afterEach: () => Promise<void>): Promise<void> {
    for (let left = cases; left > 0; left -= BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, left) }, next);
      for (const { topic, kind } of batch) this.counter.add(`${topic}: ${kind}`);
      await Promise.all(batch.map(({ topic, record }) => this.log.append(topic, [record])));
      await afterEach();
      this.watch.look(this.findings, EXPECTED);
    }
  }

  /** When every command that was appended has been decided. */
  private async digest() {
    await decidedUpTo(this.target.mongoUrl, await this.log.ranges(TOPIC.send), DECIDED_WITHIN_MS);
    return digestOf(this.target.mongoUrl);
  }

  private async countDeadLetters(): Promise<void> {
    const topic = deadLetterTopic(TOPIC.send, consumerGroup('message', TOPIC.send));
    const letters = await recordedIn(this.log, topic);
    this.counter.add('dead letters of message.send.v1', letters.length);
    if (letters.length === 0) this.findings.add('no command came to the dead letters');
    const silent = letters.filter(({ headers }) => !headers['dead-letter-reason'] || !headers['dead-letter-origin']);
    if (silent.length > 0) this.findings.add(`${silent.length} dead letters without a reason or an origin`);
  }
}
