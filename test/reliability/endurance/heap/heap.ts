import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '#testing';
import { Pairs } from '../load/pairs.js';
import { readBack } from '../load/read-back.js';
import { heapAfterCollection, WITH_INSPECTOR } from '../measure/inspector.js';
import { slopeOf, type Point } from '../measure/slope.js';
import { table, type EnduranceOptions, type EnduranceReport } from '../report.js';
import { onStage, type Stage } from '../start-stage.js';

export interface HeapOptions extends EnduranceOptions {
  everyMs?: number;
  pairs?: number;
  /** MB an hour that a heap may grow by. */
  mostGrowth?: number;
}

const PAIRS = 100;
const EVERY_MS = 30_000;
/** Caches fill, code is compiled: what is sampled before does not count. */
const WARM_UP_SHARE = 0.15;
const MIB = 1024 * 1024;
const MS_AN_HOUR = 3_600_000;
/** A process that surely grows by more (MB an hour) has a leak. */
const MOST_GROWTH = 30;

/** Minutes of steady load: what every service holds after a full collection, and whether it grows. */
export function heap(options: HeapOptions): Promise<EnduranceReport> {
  const serviceEnv = Object.fromEntries(SERVICES.map((service) => [service, WITH_INSPECTOR]));
  return onStage({ ...options, serviceEnv }, (stage) => heapOn(stage, options));
}

/** The services have to be started with their inspector open. */
export async function heapOn(stage: Stage, options: HeapOptions): Promise<EnduranceReport> {
  const { rate, minutes, pairs: count = PAIRS, everyMs = EVERY_MS, mostGrowth = MOST_GROWTH, say } = options;
  const pairs = await Pairs.connect(stage, { name: 'steady', pairs: count });
  stage.memory.begin('steady load');
  const samples = new HeapSamples(stage);
  const seconds = minutes * 60;
  const writing = pairs.write(rate, seconds);
  for (const end = performance.now() + seconds * 1000; performance.now() + everyMs / 2 < end;) {
    await sleep(everyMs);
    say(await samples.take());
  }
  const tally = await writing;
  await pairs.settled(tally);
  const { stored, broken } = await readBack(stage, pairs);
  pairs.leave();
  const figures = [
    `${tally.outcomes}, ${tally.delivered} delivered, at ${rate} a second for ${minutes} minutes. Read back: ${stored} messages.`,
    samples.render(),
    stage.memory.render(),
  ];
  return { figures, broken: [...broken, ...samples.growing(mostGrowth), ...stage.memory.broken] };
}

class HeapSamples {
  private readonly byProcess = new Map<string, Point[]>();
  private readonly start = performance.now();

  constructor(private readonly stage: Stage) {}

  /** One process after the other: a full collection stops it for a while. */
  async take(): Promise<string> {
    const said: string[] = [];
    for (const { name, logFile } of this.stage.target.watched) {
      const bytes = await heapAfterCollection(logFile);
      const points = this.byProcess.get(name) ?? [];
      points.push({ x: (performance.now() - this.start) / MS_AN_HOUR, y: bytes / MIB });
      this.byProcess.set(name, points);
      said.push(`${name} ${(bytes / MIB).toFixed(1)}`);
    }
    return `MB in use: ${said.join(', ')}`;
  }

  render(): string {
    const rows = this.slopes.map(({ name, points, slope, spread }) => [
      name,
      points.length,
      (points[0]?.y ?? 0).toFixed(1),
      (points.at(-1)?.y ?? 0).toFixed(1),
      `${slope.toFixed(1)} ± ${spread.toFixed(1)}`,
    ]);
    return `Heap and buffers after a full collection, MB:\n\n${table(['process', 'samples', 'first', 'last', 'slope, MB/h'], rows)}`;
  }

  /** Those that surely grow by more (MB an hour). */
  growing(most: number): string[] {
    return this.slopes
      .filter(({ slope, spread }) => slope - spread > most)
      .map(({ name, slope, spread }) => `the heap of ${name} grows by ${slope.toFixed(1)} ± ${spread.toFixed(1)} MB an hour`);
  }

  private get slopes() {
    return [...this.byProcess].map(([name, all]) => {
      const points = all.slice(Math.floor(all.length * WARM_UP_SHARE));
      return { name, points, ...slopeOf(points) };
    });
  }
}
