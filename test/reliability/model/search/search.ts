import { NotYetKnown } from '../memo.js';
import { CallSteps } from '../world/call-steps.js';
import { Model } from '../world/model.js';
import type { Guards } from '../world/model-setup.js';
import { ProcessSteps } from '../world/process-steps.js';
import { isQuiet, missingInTheEnd } from '../world/quiet.js';
import type { SmallLog } from '../small-log.js';
import type { Step } from '../world/step.js';
import { WorldSteps } from '../world/world-steps.js';
import { keyOf, type World } from '../world/world.js';
import { Traces } from './trace.js';

export interface CounterExample {
  /** The shortest there is. */
  steps: string[];
  violation: string;
}

export interface Found {
  states: number;
  /** States in which nothing was left to be done. */
  ends: number;
  counterExample: CounterExample | undefined;
}

interface Reached {
  world: World;
  trace: number;
}

/** Visits every state that a small log can lead to, nearest first, until one breaks a promise. */
export async function search(log: SmallLog, guards: Guards): Promise<Found> {
  const run = new SearchRun(new Model(log, guards));
  return run.toEnd();
}

class SearchRun {
  private readonly seen = new Set<string>();
  private readonly traces = new Traces();
  private ends = 0;
  private counterExample: CounterExample | undefined;

  constructor(private readonly model: Model) {}

  async toEnd(): Promise<Found> {
    const start = this.model.start();
    this.seen.add(keyOf(start));
    let level: Reached[] = [{ world: start, trace: this.traces.add(0, '') }];
    while (level.length > 0) {
      const next: Reached[] = [];
      for (const reached of level) {
        if (await this.expand(reached, next)) return this.found();
      }
      level = next;
    }
    return this.found();
  }

  private found(): Found {
    return { states: this.seen.size, ends: this.ends, counterExample: this.counterExample };
  }

  /** Whether something was broken. */
  private async expand({ world, trace }: Reached, next: Reached[]): Promise<boolean> {
    const steps = await this.stepsOf(world);
    for (const { label, world: after, violation } of steps) {
      if (violation !== undefined) {
        this.counterExample = { steps: [...this.traces.to(trace), label], violation };
        return true;
      }
      const key = keyOf(after);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      next.push({ world: after, trace: this.traces.add(trace, label) });
    }
    return this.breaksAtEnd(world, trace, steps);
  }

  private breaksAtEnd(world: World, trace: number, steps: readonly Step[]): boolean {
    const quiet = isQuiet(this.model, world);
    if (quiet) this.ends += 1;
    const missing = quiet ? missingInTheEnd(this.model, world) : this.stuck(world, steps);
    if (missing === undefined) return false;
    this.counterExample = { steps: this.traces.to(trace), violation: missing };
    return true;
  }

  /** Something is left to be done, and nothing can happen but more trouble. */
  private stuck(world: World, steps: readonly Step[]): string | undefined {
    const here = keyOf(world);
    const goesOn = steps.some(({ world: after }) => after.troubles === world.troubles && keyOf(after) !== here);
    return goesOn ? undefined : 'nothing goes on by itself, and something is left to be done';
  }

  /** Again and again, until everything that the steps need is known. */
  private async stepsOf(world: World): Promise<Step[]> {
    for (;;) {
      try {
        return [...allSteps(this.model, world)];
      } catch (reason) {
        if (!(reason instanceof NotYetKnown)) throw reason;
        await reason.learn();
      }
    }
  }
}

function* allSteps(model: Model, world: World): Generator<Step> {
  yield* new WorldSteps(model).of(world);
  const [processSteps, callSteps] = [new ProcessSteps(model), new CallSteps(model)];
  for (const owner of world.processes.keys()) {
    yield* callSteps.of(world, owner);
    yield* processSteps.of(world, owner);
  }
}
