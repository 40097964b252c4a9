import type { Model } from './model.js';
import type { Step } from './step.js';
import { replaced, trouble, type History, type World } from './world.js';

/** What happens outside of the processes. */
export class WorldSteps {
  constructor(private readonly model: Model) {}

  *of(world: World): Generator<Step> {
    for (const [partition, count] of world.appended.entries()) {
      if (count === this.model.truths[partition]?.end) continue;
      yield {
        label: `record ${partition}/${count} is appended`,
        world: { ...world, appended: replaced(world.appended, partition, count + 1) },
      };
    }
    for (const [at, flight] of world.flights.entries()) if (world.flights.indexOf(flight) === at) yield* this.lands(world, at);
    if (world.history) yield* this.history(world, world.history);
  }

  private *lands(world: World, at: number): Generator<Step> {
    const flight = this.model.flights.get(world.flights[at] ?? -1);
    const flights = world.flights.filter((_, index) => index !== at);
    if (flight.kind === 'transaction') {
      const { database } = this.model.effects.transaction(flight.process, flight.n, world.database);
      yield this.model.write('a commit arrives late', { ...world, flights }, database);
      return;
    }
    const [record = -1, ...rest] = flight.records;
    const left =
      rest.length > 0 ? [...flights, this.model.flights.idOf({ kind: 'publish', records: rest })].sort((a, b) => a - b) : flights;
    yield this.model.arrive('a publication arrives late', { ...world, flights: left }, record);
  }

  private *history(world: World, history: History): Generator<Step> {
    const { topic, readModel, readModelCommitted, backup, restored } = history;
    for (const [partition, records] of topic.entries()) {
      const record = records[readModel.next[partition] ?? 0];
      if (record === undefined) continue;
      const outcome = this.model.apply(readModel.applied[partition] ?? 0, record);
      const label = 'the read model applies the next stored record';
      if ('violation' in outcome) {
        yield { label, world, violation: outcome.violation };
        continue;
      }
      const next = replaced(readModel.next, partition, (readModel.next[partition] ?? 0) + 1);
      const committed = replaced(readModelCommitted, partition, next[partition] ?? 0);
      const applied = replaced(readModel.applied, partition, outcome.applied);
      yield { label, world: { ...world, history: { ...history, readModel: { next, applied }, readModelCommitted: committed } } };
    }
    if (!backup)
      yield {
        label: 'MongoDB is backed up',
        world: { ...world, history: { ...history, backup: { database: world.database, readModel } } },
      };
    if (backup && !restored && world.troubles > 0) yield this.restore(world, history, backup);
  }

  /** With every message process stopped, and what they sent arrived or gone. */
  private restore(world: World, history: History, { database, readModel }: NonNullable<History['backup']>): Step {
    const processes = world.processes.map(() => ({ state: this.model.processes.fresh, landed: 0 }));
    const next = readModel.next.map((kept, p) =>
      this.model.readModel.startAfterRestore({ kept, committed: history.readModelCommitted[p] ?? 0 }),
    );
    const after = { ...history, readModel: { ...readModel, next }, restored: true };
    const restored = trouble({ ...world, processes, flights: [], database, history: after });
    return { label: 'all processes are stopped, and MongoDB is restored', world: restored };
  }
}
