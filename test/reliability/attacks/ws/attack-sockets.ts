import { setTimeout as sleep } from 'node:timers/promises';
import { Counter } from '../counter.js';
import { Dice } from '../dice.js';
import { Findings } from '../findings.js';
import type { AttackOptions, AttackReport } from '../report.js';
import { createWorld, type World } from '../target/create-world.js';
import { changesBetween, digestOf } from '../target/database-digest.js';
import { ProcessWatch } from '../target/process-watch.js';
import { startStandaloneTarget, type Target } from '../target/start-target.js';
import { AnyAttacks } from './any-attacks.js';
import type { Attack } from './attack.js';
import { Attacker, type AttackerOptions } from './attacker.js';
import { GoodPair } from './good-pair.js';
import { RefusedAttacks } from './refused-attacks.js';
import { Sentences } from './sentences.js';
import { Vocabulary } from './vocabulary.js';

const SOCKETS = 24;
/** Below what a socket may have unanswered. */
const BATCH = 20;
/** One in so many never connects. */
const STRANGERS = 6;
const QUIET_MS = 1500;

/** Half of the cases must be refused, and change no document; the other half may do what they like but break something. */
export async function attackSockets(options: AttackOptions): Promise<AttackReport> {
  const target = await startStandaloneTarget();
  try {
    return await new SocketAttack(target, await createWorld(target), options).run();
  } finally {
    await target.stop();
  }
}

class SocketAttack {
  private readonly findings = new Findings();
  private readonly counter = new Counter();
  private readonly watch: ProcessWatch;
  private readonly dice: Dice;

  constructor(
    private readonly target: Target,
    private readonly world: World,
    private readonly options: AttackOptions,
  ) {
    this.watch = new ProcessWatch(target.watched);
    this.dice = new Dice(options.seed);
  }

  async run(): Promise<AttackReport> {
    const { cases, seed } = this.options;
    const pair = await GoodPair.connect(this.target.url, this.world, 'pair');
    const started = performance.now();
    await this.phase('refused', Math.ceil(cases / 2), () => pair.look(this.findings));
    await pair.exchange(this.findings);
    await this.phase('anything', Math.floor(cases / 2), () => pair.exchange(this.findings));
    await pair.exchange(this.findings);
    const seconds = (performance.now() - started) / 1000;
    this.watch.look(this.findings);
    pair.close();
    return { name: 'WebSocket frames', seed, cases, seconds, counts: this.counter.all, findings: this.findings };
  }

  private async phase(expect: 'refused' | 'anything', cases: number, probe: () => Promise<void>): Promise<void> {
    const before = await this.quietDigest();
    const started = performance.now();
    const attackers = Array.from({ length: SOCKETS }, (_, at) => new Attacker(this.attackerOptions(expect, at)));
    for (let left = cases; left > 0; left -= SOCKETS * BATCH) {
      await Promise.all(attackers.map((attacker, at) => attacker.batch(share(left, at))));
      await probe();
      this.watch.look(this.findings);
    }
    await Promise.all(attackers.map((attacker) => attacker.close()));
    this.options.say(`${cases} cases, ${expect}: ${Math.round((cases / (performance.now() - started)) * 1000)}/s`);
    if (expect === 'anything') return;
    for (const change of changesBetween(before, await this.quietDigest())) this.findings.add(`a document changed: ${change}`);
  }

  private attackerOptions(expect: 'refused' | 'anything', at: number): AttackerOptions {
    const { attackers } = this.world;
    const dice = this.dice.fork();
    const words = new Vocabulary(this.world, dice);
    const sentences = new Sentences(words, dice);
    const source: { next(id: string): Attack } =
      expect === 'refused' ? new RefusedAttacks(sentences, words, this.world, dice) : new AnyAttacks(sentences, dice);
    const token = at % STRANGERS === STRANGERS - 1 ? undefined : attackers[at % attackers.length]?.token;
    const { url } = this.target;
    const { findings, counter } = this;
    return { url, token, name: `${expect}-${at}`, next: (id) => source.next(id), expect, findings, counter };
  }

  /** After whatever is still on its way: sweeps, cursors of senders. */
  private async quietDigest() {
    await sleep(QUIET_MS);
    return digestOf(this.target.mongoUrl);
  }
}

/** Of the cases that are left, how many this socket sends in this round. */
function share(left: number, socket: number): number {
  return Math.max(0, Math.min(BATCH, Math.ceil((left - socket) / SOCKETS)));
}
