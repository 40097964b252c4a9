import { setTimeout as sleep } from 'node:timers/promises';
import type { PartitionState } from '#bus';
import { decidedUpTo } from '../../attacks/bus/decided-up-to.js';
import { inPortions } from '../in-portions.js';
import { Pairs } from '../load/pairs.js';
import { readBack } from '../load/read-back.js';
import { Tally } from '../load/tally.js';
import type { EnduranceOptions, EnduranceReport } from '../report.js';
import { onStage, type Stage } from '../start-stage.js';
import { endOfLog } from './end-of-log.js';
import { OtherCalls } from './other-calls.js';

export interface CatchUpOptions extends Omit<EnduranceOptions, 'minutes' | 'rate'> {
  /** Sends that nobody decides at first. */
  unread: number;
  pairs?: number;
  quietSeconds?: number;
}

const PAIRS = 250;
const WARM_UP_SECONDS = 3;
const QUIET_SECONDS = 20;
const WITHIN_MS = 300_000;
/** Unanswered sends of one socket, below what it may have. */
const EACH = 20;
/** Unanswered sends in all, below what a gateway may have. */
const AT_ONCE = 2000;
const REPEATS_AT_ONCE = 200;

/** Sends pile up while no message process runs; then all start. How long until everything is decided, and whether anything else suffers. */
export function catchUp(options: CatchUpOptions): Promise<EnduranceReport> {
  return onStage(options, (stage) => catchUpOn(stage, options));
}

export function catchUpOn(stage: Stage, options: CatchUpOptions): Promise<EnduranceReport> {
  return new CatchUpRun(stage, options).run();
}

class CatchUpRun {
  private readonly waited: string[] = [];
  private readonly broken: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: CatchUpOptions,
  ) {}

  async run(): Promise<EnduranceReport> {
    const { pairs: count = PAIRS, quietSeconds = QUIET_SECONDS } = this.options;
    const { memory } = this.stage;
    const pairs = await Pairs.connect(this.stage, { name: 'late', pairs: count });
    const calls = await OtherCalls.prepare(this.stage);
    memory.begin('before');
    await calls.during('warm-up', Math.min(WARM_UP_SECONDS, quietSeconds));
    await calls.during('before', quietSeconds);
    const end = await this.pileUp(pairs, Math.min(AT_ONCE, count * 2 * EACH));
    await this.catchUp(end, calls);
    memory.begin('after');
    await calls.during('after', quietSeconds);
    const stored = await this.compare(pairs);
    pairs.leave();
    calls.leave();
    const figures = [...this.waited, stored, calls.render(), memory.render()];
    return { figures, broken: [...this.broken, ...calls.broken, ...memory.broken] };
  }

  /** Without a message process every send times out, and its record waits. Returns how far the log goes then. */
  private async pileUp(pairs: Pairs, atOnce: number): Promise<readonly PartitionState[]> {
    const { target, memory } = this.stage;
    const { unread } = this.options;
    const start = await endOfLog(target.brokers);
    await Promise.all(target.cluster.of('message').map(({ process }) => process.stop()));
    memory.begin('sending');
    const tally = await sendUnanswered(pairs, unread, atOnce);
    const end = await endOfLog(target.brokers);
    const waiting = lengthOf(end) - lengthOf(start);
    this.note(`No message process ran: ${tally.outcomes}; ${waiting} records waited.`);
    if (waiting < unread) this.broken.push(`only ${waiting} of ${unread} records came to wait`);
    this.broken.push(...[...tally.final].map((code) => `${code} is not retryable`));
    return end;
  }

  private async catchUp(end: readonly PartitionState[], calls: OtherCalls): Promise<void> {
    this.stage.memory.begin('catching up');
    const { readySeconds, decidedSeconds } = await startMessages(this.stage, end, calls);
    const [ready, decided] = [readySeconds.toFixed(1), decidedSeconds.toFixed(1)];
    this.note(`Message processes were started: ready after ${ready} s, everything was decided after ${decided} s.`);
  }

  /** Every send again, with the same id: nobody is told that it is new. */
  private async compare(pairs: Pairs): Promise<string> {
    const { unread } = this.options;
    const repeated = await repeatAll(pairs);
    const { stored, broken } = await readBack(this.stage, pairs);
    const replayed = pairs.ledger.sends.filter(({ clientMsgId }) => pairs.ledger.answerOf(clientMsgId)?.replayed).length;
    this.broken.push(...broken);
    if (replayed < unread || stored !== unread) this.broken.push(`${unread} were sent, ${stored} are stored, ${replayed} replayed`);
    return `Sent again with the same ids: ${repeated.outcomes}, ${replayed} of them replayed. Read back: ${stored} messages.`;
  }

  private note(what: string): void {
    this.options.say(what);
    this.waited.push(what);
  }
}

function lengthOf(partitions: readonly PartitionState[]): number {
  return partitions.reduce((sum, { latest }) => sum + latest, 0);
}

/** Over many sockets at once; every one of them times out. */
async function sendUnanswered(pairs: Pairs, count: number, atOnce: number): Promise<Tally> {
  const tally = new Tally();
  for (let left = count; left > 0; left -= atOnce) {
    for (let n = 0; n < Math.min(atOnce, left); n += 1) pairs.writeOne(performance.now(), tally);
    await pairs.settled(tally);
  }
  return tally;
}

/** Other calls are measured from the moment when the processes are ready until all is decided, or up to a second longer. */
async function startMessages({ target }: Stage, end: readonly PartitionState[], calls: OtherCalls) {
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  const decided = decidedUpTo(target.mongoUrl, end, WITHIN_MS).then(since);
  const ready = Promise.all(target.cluster.of('message').map(({ process }) => process.start())).then(since);
  const readySeconds = await ready;
  for (let isDecided = false; !isDecided;) {
    await calls.during('meanwhile', 1);
    isDecided = await Promise.race([decided.then(() => true), sleep(0).then(() => false)]);
  }
  return { readySeconds, decidedSeconds: await decided };
}

async function repeatAll(pairs: Pairs): Promise<Tally> {
  const tally = new Tally();
  await inPortions(pairs.ledger.sends, REPEATS_AT_ONCE, (send) => new Promise((resolve) => pairs.repeat(send, tally, resolve)));
  return tally;
}
