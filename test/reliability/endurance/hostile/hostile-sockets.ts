import { waitFor } from '#testing';
import { Pairs } from '../load/pairs.js';
import { readBack } from '../load/read-back.js';
import type { Tally } from '../load/tally.js';
import { table, type EnduranceOptions, type EnduranceReport } from '../report.js';
import { onStage, type Stage } from '../start-stage.js';
import { closesOf, renderCloses } from './closes.js';
import type { Crowd, CrowdSizes } from './crowd.js';
import { Mutes } from './mutes.js';
import { SilentReaders } from './silent-readers.js';
import { Strangers } from './strangers.js';

/** `minutes`: how long each crowd stays. */
export interface HostileOptions extends EnduranceOptions {
  sizes?: CrowdSizes;
  quietSeconds?: number;
}

const SIZES: CrowdSizes = { silentReaders: 1000, mutes: 1000, strangers: 10_000 };
const PAIRS = 25;
const QUIET_SECONDS = 20;
const DELIVERED_WITHIN_MS = 5000;

/** Well-behaved clients at a steady rate; beside them, in turn, those who don't read, who say nothing, and who are nobody. */
export function hostileSockets(options: HostileOptions): Promise<EnduranceReport> {
  return onStage(options, (stage) => hostileSocketsOn(stage, options));
}

export function hostileSocketsOn(stage: Stage, options: HostileOptions): Promise<EnduranceReport> {
  return new HostileRun(stage, options).run();
}

class HostileRun {
  private readonly rows: string[][] = [];
  private readonly said: string[] = [];
  private readonly broken: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: HostileOptions,
  ) {}

  async run(): Promise<EnduranceReport> {
    const { sizes = SIZES, rate, quietSeconds = QUIET_SECONDS } = this.options;
    const pairs = await Pairs.connect(this.stage, { name: 'good', pairs: PAIRS });
    await pairs.settled(await pairs.write(rate, quietSeconds));
    const crowds = [new SilentReaders(sizes.silentReaders), new Mutes(sizes.mutes), new Strangers(sizes.strangers)];
    for (const crowd of crowds) await this.suffer(crowd, pairs);
    const { stored, broken } = await readBack(this.stage, pairs);
    pairs.leave();
    const header = ['beside', 'when', 'sends', 'answered p50', 'p99', 'most', 'delivered p50', 'p99', 'most'];
    const figures = [
      `Well-behaved clients, ${rate} sends a second; read back: ${stored} messages. ms:\n\n${table(header, this.rows)}`,
      this.said.join('\n'),
      this.stage.memory.render(),
    ];
    return { figures, broken: [...this.broken, ...broken, ...this.stage.memory.broken] };
  }

  private async suffer(crowd: Crowd, pairs: Pairs): Promise<void> {
    const { quietSeconds = QUIET_SECONDS, minutes, say } = this.options;
    const gateways = this.stage.target.cluster.of('gateway');
    await this.measure(crowd.name, 'before', pairs, quietSeconds);
    await crowd.gather(this.stage);
    const closes = await closesOf(gateways);
    const acting = crowd.act(minutes * 60);
    await this.measure(crowd.name, 'during', pairs, minutes * 60);
    await acting;
    const closed = renderCloses(closes, await closesOf(gateways));
    this.said.push(`${crowd.name}: ${crowd.leave()}; closed meanwhile: ${closed}`);
    say(this.said.at(-1) ?? '');
    await this.measure(crowd.name, 'after', pairs, quietSeconds);
    this.broken.push(...new Set(crowd.broken));
  }

  private async measure(beside: string, when: string, pairs: Pairs, seconds: number): Promise<void> {
    this.stage.memory.begin(`${beside}, ${when}`);
    const tally = await pairs.write(this.options.rate, seconds);
    await pairs.settled(tally);
    await delivered(tally);
    this.options.say(`${beside}, ${when}: ${tally.outcomes}, ${tally.delivered} delivered`);
    this.rows.push([beside, when, String(tally.sent), ...tally.answerTime.cells, ...tally.deliveryTime.cells]);
    this.broken.push(...wrongOf(tally, `${beside}, ${when}`));
  }
}

/** Resolves at the latest after a while: what is lacking then is found broken. */
async function delivered(tally: Tally): Promise<void> {
  const all = waitFor(() => tally.delivered >= tally.answered, { withinMs: DELIVERED_WITHIN_MS, what: 'every delivery' });
  await all.catch(() => undefined);
}

function wrongOf(tally: Tally, when: string): string[] {
  const { sent, answered, delivered } = tally;
  return [
    ...(answered < sent ? [`${when}: ${tally.outcomes}`] : []),
    ...(delivered < answered ? [`${when}: ${answered - delivered} of ${answered} answered were not delivered`] : []),
  ];
}
