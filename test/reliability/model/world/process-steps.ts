import type { Model } from './model.js';
import type { SmallLog } from '../small-log.js';
import { OWNERS, type Step } from './step.js';
import { replaced, trouble, withFlight, type World } from './world.js';

/** What a process does by itself, and what is done to it. */
export class ProcessSteps {
  constructor(private readonly model: Model) {}

  *of(world: World, owner: number): Generator<Step> {
    yield* this.places(world, owner);
    yield* this.departs(world, owner);
    yield* this.commitsOffsets(world, owner);
    if (world.troubles === 0) return;
    if (this.model.log.rebalances) yield* this.isRevoked(world, owner);
    yield* this.isKilled(world, owner);
  }

  private *places(world: World, owner: number): Generator<Step> {
    const { next, placing } = this.viewOf(world, owner);
    for (const [partition, latest] of world.appended.entries()) {
      if (next.has(partition) || placing.includes(partition)) continue;
      const committed = world.committed[partition] ?? -1;
      const state = { partition, committed: committed < 0 ? undefined : committed, earliest: 0, latest };
      yield {
        label: `${OWNERS[owner]}: is given partition ${partition}`,
        world: this.model.advance(world, owner, { kind: 'place', state }),
      };
    }
  }

  private *departs(world: World, owner: number): Generator<Step> {
    const { running, next } = this.viewOf(world, owner);
    if (running) return;
    const waiting = [...next].map(([partition, from]): [number, number] => [partition, (world.appended[partition] ?? 0) - from]);
    for (const takes of cutsOf(waiting, this.model.log.records)) {
      const what = takes.map(([partition, count]) => `${count} of partition ${partition}`).join(', ');
      yield { label: `${OWNERS[owner]}: a train departs with ${what}`, world: this.model.advance(world, owner, { kind: 'depart', takes }) };
    }
  }

  private *commitsOffsets(world: World, owner: number): Generator<Step> {
    const { dirty } = this.viewOf(world, owner);
    if (dirty.size === 0) return;
    const committed = world.committed.map((offset, partition) => dirty.get(partition) ?? offset);
    const { landed } = this.model.processOf(world, owner);
    const next = this.model.advance({ ...world, committed }, owner, { kind: 'committed' }, landed);
    yield { label: `${OWNERS[owner]}: commits its offsets, ${committed.join()}`, world: next };
  }

  private *isRevoked(world: World, owner: number): Generator<Step> {
    const { next, placing, running } = this.viewOf(world, owner);
    const { landed } = this.model.processOf(world, owner);
    // At rest, and of a single partition, it would be as if it had been killed.
    if (!running && placing.length === 0 && world.appended.length === 1) return;
    for (const partition of world.appended.keys()) {
      if (!next.has(partition) && !placing.includes(partition)) continue;
      const without = this.model.advance(world, owner, { kind: 'revoke', partition }, landed);
      yield { label: `${OWNERS[owner]}: loses partition ${partition}`, world: trouble(without) };
    }
  }

  private *isKilled(world: World, owner: number): Generator<Step> {
    const { state, landed } = this.model.processOf(world, owner);
    const { fresh } = this.model.processes;
    if (state === fresh) return;
    const dead = trouble({ ...world, processes: replaced(world.processes, owner, { state: fresh, landed: 0 }) });
    yield { label: `${OWNERS[owner]}: is killed`, world: dead };
    const flights = this.viewOf(world, owner).calls.flatMap(({ n, call }) => {
      if (call.kind === 'transaction') return this.model.flights.idOf({ kind: 'transaction', process: state, n });
      if (call.kind !== 'publish' || landed === call.records.length) return [];
      const records = call.records.slice(landed).map((record) => this.model.records.idOf(record));
      return this.model.flights.idOf({ kind: 'publish', records });
    });
    if (flights.length > 0)
      yield { label: `${OWNERS[owner]}: is killed, and what it sent is on its way`, world: withFlight(dead, ...flights) };
  }

  private viewOf(world: World, owner: number) {
    return this.model.processes.view(this.model.processOf(world, owner).state);
  }
}

/** The trains that could depart with these numbers of waiting records. */
function cutsOf(waiting: readonly [number, number][], records: SmallLog['records']): [number, number][][] {
  const some = waiting.filter(([, count]) => count > 0);
  if (some.length === 0) return [];
  if (records === 'meanwhile') return [some];
  let trains: [number, number][][] = [[]];
  for (const [partition, count] of some) {
    trains = trains.flatMap((train) =>
      Array.from({ length: count + 1 }, (_, k): [number, number][] => (k === 0 ? train : [...train, [partition, k]])),
    );
  }
  return trains.filter((train) => train.length > 0);
}
