import { decidedUpTo } from '../../attacks/bus/decided-up-to.js';
import { endOfLog } from '../catch-up/end-of-log.js';
import type { Latency } from '../measure/latency.js';
import { Pairs } from '../load/pairs.js';
import { readBack } from '../load/read-back.js';
import type { Tally } from '../load/tally.js';
import { table, type EnduranceOptions, type EnduranceReport } from '../report.js';
import { onStage, type Stage } from '../start-stage.js';
import { Probe } from './probe.js';
import { sustainedRate } from './sustained-rate.js';

export interface OverloadOptions extends Omit<EnduranceOptions, 'rate'> {
  /** What the cluster sustains; undefined: measured first. Twice as much is offered. */
  rate: number | undefined;
  pairs?: number;
  /** How long the probe may take to be served as before (0: that is not looked at). */
  recoveredWithinMs?: number;
  quietSeconds?: number;
}

const PAIRS = 500;
const QUIET_SECONDS = 15;
/** Longer than the server's own deadlines: what it says is to be heard. */
const PATIENCE_MS = 60_000;
const RECOVERED_WITHIN_MS = 600_000;
const DECIDED_WITHIN_MS = 600_000;
const SETTLED_WITHIN_MS = 2 * PATIENCE_MS;

/** Twice the rate that the cluster sustains, by the clock: memory stays bounded, refusals are retryable, nothing answered is lost, and it recovers. */
export function overload(options: OverloadOptions): Promise<EnduranceReport> {
  return onStage(options, (stage) => overloadOn(stage, options));
}

export function overloadOn(stage: Stage, options: OverloadOptions): Promise<EnduranceReport> {
  return new OverloadRun(stage, options).run();
}

class OverloadRun {
  private readonly figures: string[] = [];
  private readonly broken: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: OverloadOptions,
  ) {}

  async run(): Promise<EnduranceReport> {
    const { pairs: count = PAIRS, quietSeconds = QUIET_SECONDS, say } = this.options;
    const { memory } = this.stage;
    const probe = await Probe.connect(this.stage);
    const pairs = await Pairs.connect(this.stage, { name: 'load', pairs: count, patienceMs: PATIENCE_MS });
    const sustained = this.options.rate ?? (await sustainedRate(pairs, { say }));
    memory.begin('before');
    const before = await probe.measure(quietSeconds);
    memory.begin('during');
    const tally = await this.offer(pairs, sustained * 2);
    const recovery = this.recovery(probe, before);
    await pairs.settled(tally, SETTLED_WITHIN_MS);
    await recovery;
    await decidedUpTo(this.stage.target.mongoUrl, await endOfLog(this.stage.target.brokers), DECIDED_WITHIN_MS);
    memory.begin('after');
    const after = await probe.measure(quietSeconds);
    await this.compare(pairs, tally);
    for (const each of [pairs, probe]) each.leave();
    const times = Object.entries({ 'the probe before': before, 'the load, answered': tally.answerTime, 'the probe after': after });
    const rows = times.map(([what, latency]) => [what, ...latency.cells]);
    this.figures.push(`ms:\n\n${table(['', 'p50', 'p99', 'most'], rows)}`, memory.render());
    return { figures: this.figures, broken: [...this.broken, ...memory.broken] };
  }

  private async offer(pairs: Pairs, rate: number): Promise<Tally> {
    const { minutes, say } = this.options;
    say(`${rate} sends a second are offered for ${minutes} minutes, twice what is sustained`);
    const tally = await pairs.write(rate, minutes * 60);
    this.figures.push(`${rate} sends a second for ${minutes} minutes, twice what is sustained.`);
    return tally;
  }

  private async recovery(probe: Probe, before: Latency): Promise<void> {
    const { recoveredWithinMs = RECOVERED_WITHIN_MS } = this.options;
    if (recoveredWithinMs === 0) return;
    const ms = await probe.recovery(before.at(99), recoveredWithinMs);
    if (ms === undefined) this.broken.push('it did not recover in time');
    else
      this.figures.push(
        `${(ms / 1000).toFixed(1)} s after the end of the load a hundred sends in a row were answered at the p99 of before.`,
      );
  }

  private async compare(pairs: Pairs, tally: Tally): Promise<void> {
    const { stored, broken } = await readBack(this.stage, pairs);
    this.figures.push(`${tally.outcomes}. Read back: ${stored} messages.`);
    this.broken.push(...broken, ...[...tally.final].map((code) => `${code} is not retryable`));
    if (tally.answered === 0) this.broken.push('nothing was answered');
  }
}
