import { offsetOf } from '#contracts';
import { canonical } from '../canonical.js';
import { Interner } from '../interner.js';
import { Memo } from '../memo.js';
import type { PublishedRecord, Reply } from '../process/calls.js';
import type { ProcessInput } from '../process/process-state.js';
import { ProcessStates } from '../process/process-states.js';
import type { SmallLog } from '../small-log.js';
import { PartitionTruth } from '../truth/partition-truth.js';
import { DatabaseEffects } from './database-effects.js';
import type { GatewayTwin, Heard } from './gateway-twin.js';
import { Invariants } from './invariants.js';
import { machineLog, usersOf, type Guards } from './model-setup.js';
import type { Applied, ReadModelTwin } from './read-model-twin.js';
import type { Step } from './step.js';
import { replaced, type ProcessAt, type World } from './world.js';

/** What a dead process has sent, or one that has given up waiting. */
export type Flight = { kind: 'transaction'; process: number; n: number } | { kind: 'publish'; records: number[] };

/** One small log with everything that is known so far of what its processes and its database do. */
export class Model {
  readonly truths: PartitionTruth[];
  readonly processes: ProcessStates;
  readonly effects: DatabaseEffects;
  readonly invariants: Invariants;
  readonly records = new Interner<PublishedRecord>(canonical);
  readonly flights = new Interner<Flight>(flightText);
  readonly readModel: ReadModelTwin;
  private readonly inputs = new Interner<ProcessInput>(canonical);
  private readonly replies = new Interner<Reply>(canonical);
  private readonly gateway: GatewayTwin;
  private readonly steps = new Memo<number>();
  private readonly heard = new Map<string, Heard>();
  private readonly applied = new Map<string, Applied>();
  private readonly checked = new Map<string, string | undefined>();

  constructor(
    readonly log: SmallLog,
    readonly guards: Guards,
  ) {
    this.truths = log.partitions.map((entries) => new PartitionTruth(entries));
    this.processes = new ProcessStates(guards.wiring, machineLog(log));
    this.effects = new DatabaseEffects(this.processes);
    this.invariants = new Invariants(this.truths);
    this.gateway = guards.gateway(this.truths, usersOf(log));
    this.readModel = guards.readModel(this.truths);
  }

  start(): World {
    const zeros = this.truths.map(() => 0);
    const fresh = { state: this.processes.fresh, landed: 0 };
    const readModel = { next: zeros, applied: zeros };
    const history = { topic: this.truths.map(() => []), readModel, readModelCommitted: zeros, backup: undefined, restored: false };
    return {
      appended: this.log.records === 'before' ? this.truths.map(({ end }) => end) : zeros,
      database: this.effects.states.empty,
      committed: zeros.map(() => -1),
      processes: this.log.owners === 1 ? [fresh] : [fresh, fresh],
      flights: [],
      heard: zeros,
      setAside: [],
      troubles: this.log.troubles,
      history: this.log.restore ? history : undefined,
    };
  }

  /** The world after one more thing has happened to a process. */
  advance(world: World, owner: number, input: ProcessInput, landed = 0): World {
    const { state } = this.processOf(world, owner);
    const next = this.steps.get(`${state} ${this.textOf(input)}`, () => this.processes.step(state, input));
    return { ...world, processes: replaced(world.processes, owner, { state: next, landed }) };
  }

  /** Short, and without writing down at every step what was written down before. */
  private textOf(input: ProcessInput): string {
    return input.kind === 'reply' ? `${input.n} ${this.replies.idOf(input.reply)}` : `i${this.inputs.idOf(input)}`;
  }

  processOf(world: World, owner: number): ProcessAt {
    const process = world.processes[owner];
    if (!process) throw new Error(`there is no process ${owner}`);
    return process;
  }

  /** MongoDB changes. */
  write(label: string, world: World, database: number): Step {
    const { states } = this.effects;
    const violation =
      this.once(`stored ${database}`, () => this.invariants.stored(states.read(database))) ??
      this.once(`${world.database} to ${database}`, () => this.invariants.changed(states.read(world.database), states.read(database)));
    return { label, world: { ...world, database }, violation };
  }

  /** A record arrives in the stored topic, and a gateway hears it at once: only the order of the arrivals counts. */
  arrive(label: string, world: World, record: number): Step {
    const { partition, events } = this.records.get(record);
    const before = world.heard[partition] ?? 0;
    const outcome = recall(this.heard, `${before} ${record}`, () => this.gateway.hear(before, this.records.get(record)));
    if ('violation' in outcome) return { label, world, violation: outcome.violation };
    const violation = this.once(`published ${record} ${world.database}`, () => {
      const documents = this.effects.states.read(world.database);
      return events.map(({ place }) => this.invariants.published(partition, offsetOf(place), documents)).find((text) => text !== undefined);
    });
    const { history } = world;
    const next = { ...world, heard: replaced(world.heard, partition, outcome.heard) };
    if (!history) return { label, world: next, violation };
    const topic = replaced(history.topic, partition, [...(history.topic[partition] ?? []), record]);
    return { label, world: { ...next, history: { ...history, topic } }, violation };
  }

  apply(applied: number, record: number): Applied {
    return recall(this.applied, `${applied} ${record}`, () => this.readModel.apply(applied, this.records.get(record)));
  }

  once(key: string, check: () => string | undefined): string | undefined {
    return recall(this.checked, key, check);
  }
}

function flightText(flight: Flight): string {
  return flight.kind === 'transaction' ? `${flight.process} ${flight.n}` : flight.records.join();
}

function recall<T>(known: Map<string, T>, key: string, compute: () => T): T {
  if (known.has(key)) return known.get(key) as T;
  const value = compute();
  known.set(key, value);
  return value;
}
