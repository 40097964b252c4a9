import { type Bus, type EventLog, HEADER, OffsetLedger, type Outgoing, Positioner, type ReceivedRecord } from '#bus';
import { problem, type StoredEvents } from '#contracts';
import { ProgressLost } from '../../../../apps/message/src/train/progress-lost.js';
import type { DocumentStore } from '../mongo/document-store.js';
import type { Plain } from '../mongo/documents.js';
import { modelDatabase } from '../mongo/model-database.js';
import { cachesOf, snapshotsOf } from './cache-snapshots.js';
import type { Call, GivenAnswer, Reply } from './calls.js';
import type { MessageWiring, Wired } from './message-wiring.js';
import type { ProcessInput, ProcessView, Rest } from './process-state.js';

interface Waiting {
  call: Call;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Of a transaction. */
  work?: (documents: DocumentStore) => Promise<unknown>;
}

export interface MachineLog {
  /** Of the inbound log. */
  records(partition: number, from: number, count: number): ReceivedRecord[];
  keyIds: readonly string[];
  /** Whether every event is published as a record of its own, as events are that fill one. */
  splitEvents: boolean;
  /** Whether cursors follow sends; else MongoDB refuses that, which changes nothing else. */
  cursors: boolean;
}

/**
 * One message process that runs: the product's own service, partitions, ledger and positioner over ports that wait for the search to
 * reply. It stands for KafkaSubscription and EmbeddedSubscription: `place`, `revoke`, `depart` and what follows the end of a train
 * correspond to their `placed`, `release`/`takeOver`, `take`, and `resolved`/`rejected`.
 */
export class Machine {
  private readonly waiting = new Map<number, Waiting>();
  private made = 0;
  private readonly caches;
  private readonly ledger = new OffsetLedger();
  private readonly next: Map<number, number>;
  private readonly placing = new Map<number, ProcessInput & { kind: 'place' }>();
  private readonly positioner: Positioner;
  private readonly wired: Wired;
  private train: readonly number[] | undefined;

  constructor(
    rest: Rest,
    wiring: MessageWiring,
    private readonly inbound: MachineLog,
  ) {
    this.caches = cachesOf(rest.caches);
    this.next = new Map(rest.next);
    this.restoreLedger(rest);
    const database = modelDatabase({
      request: (request) => this.call({ kind: 'database', request }) as Promise<Plain>,
      transaction: (work) => this.call({ kind: 'transaction' }, work),
    });
    this.wired = wiring.wire({
      database,
      besides: inbound.cursors ? database : AWAY,
      log: this.log(),
      bus: this.bus(),
      caches: this.caches,
      memory: rest.memory,
      keyIds: inbound.keyIds,
    });
    this.positioner = new Positioner({
      statesOf: (partitions) => Promise.resolve(partitions.flatMap((partition) => this.placing.get(partition)?.state ?? [])),
      startAt: (state) => this.wired.partitions.begin(state),
      onPlaced: (partition, offset) => this.placed(partition, offset),
      report: () => undefined,
    });
  }

  /** Lets one thing happen to it; wait for `quiet` afterwards. */
  take(input: ProcessInput): void {
    switch (input.kind) {
      case 'place':
        void this.place(input);
        break;
      case 'revoke':
        this.revoke(input.partition);
        break;
      case 'depart':
        void this.depart(input.takes);
        break;
      case 'committed':
        this.ledger.committed(this.ledger.uncommitted());
        break;
      case 'reply':
        this.reply(input.n, input.reply);
        break;
    }
  }

  view(): ProcessView {
    return {
      calls: [...this.waiting].map(([n, { call }]) => ({ n, call })),
      running: this.train !== undefined,
      placing: [...this.placing.keys()],
      next: new Map(this.next),
      dirty: this.ledger.uncommitted(),
      train: [...(this.train ?? [])],
    };
  }

  /** What it knows, when nothing runs in it. */
  rest(): Rest | undefined {
    if (this.waiting.size > 0 || this.train || this.placing.size > 0) return undefined;
    const byPartition = (map: ReadonlyMap<number, number>) => [...map].sort(([a], [b]) => a - b);
    return {
      caches: snapshotsOf(this.caches),
      next: byPartition(this.next),
      dirty: byPartition(this.ledger.uncommitted()),
      memory: this.wired.memory(),
    };
  }

  /** Runs the work of a waiting transaction on these documents. */
  async work(n: number, documents: DocumentStore): Promise<void> {
    const work = this.waiting.get(n)?.work;
    if (!work) throw new Error(`call ${n} is no waiting transaction`);
    await work(documents);
  }

  private restoreLedger({ next, dirty }: Rest): void {
    for (const [partition, offset] of next) this.ledger.place(partition, offset);
    for (const [partition, offset] of dirty) {
      this.ledger.place(partition, offset - 1);
      const train = { records: this.inbound.records(partition, offset - 1, 1) };
      this.ledger.depart(train);
      this.ledger.handled(train);
    }
  }

  private async place(input: ProcessInput & { kind: 'place' }): Promise<void> {
    const { partition } = input.state;
    this.placing.set(partition, input);
    await this.positioner.place([partition]);
    if (this.placing.get(partition) !== input) return;
    this.placing.delete(partition);
    // After a failure its own next try would come with a timer; here the search decides when.
    this.positioner.forget([partition]);
  }

  private placed(partition: number, offset: number): void {
    this.ledger.place(partition, offset);
    this.next.set(partition, offset);
  }

  private revoke(partition: number): void {
    this.positioner.forget([partition]);
    this.placing.delete(partition);
    this.next.delete(partition);
    this.ledger.forget([partition]);
    this.wired.partitions.forget([partition]);
  }

  private async depart(takes: readonly [number, number][]): Promise<void> {
    const records = takes.flatMap(([partition, count]) => this.inbound.records(partition, this.next.get(partition) ?? 0, count));
    for (const [partition, count] of takes) this.next.set(partition, (this.next.get(partition) ?? 0) + count);
    const train = { records };
    this.train = takes.map(([partition]) => partition);
    this.ledger.depart(train);
    try {
      await this.wired.service.run(train);
      this.ledger.handled(train);
    } catch {
      for (const partition of this.ledger.unmoved()) this.next.delete(partition);
    }
    this.train = undefined;
  }

  private call(call: Call, work?: Waiting['work']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.set(this.made, { call, resolve, reject, ...(work && { work }) });
      this.made += 1;
    });
  }

  private reply(n: number, reply: Reply): void {
    const waiting = this.waiting.get(n);
    if (!waiting) throw new Error(`call ${n} does not wait`);
    this.waiting.delete(n);
    if ('ok' in reply) waiting.resolve(structuredClone(reply.ok));
    else waiting.reject(errorOf(reply));
  }

  private log(): EventLog {
    const append = (_topic: string, records: readonly { headers?: Readonly<Record<string, string>> }[]) =>
      this.call({ kind: 'setAside', origins: records.map(({ headers }) => headers?.[HEADER.origin] ?? '') });
    return { identity: () => Promise.resolve('the-log'), append } as unknown as EventLog;
  }

  private bus(): Bus {
    const publish = (_topic: string, records: readonly Outgoing[]) => this.call({ kind: 'publish', records: this.recordsOf(records) });
    const answer: Bus['answer'] = async (answers) => {
      const given = answers.map((one): GivenAnswer => {
        const to = one.to.correlationId;
        return 'error' in one ? { to, error: one.error.code } : { to, value: one.value };
      });
      await this.call({ kind: 'answer', answers: given });
    };
    return { publish, answer } as unknown as Bus;
  }

  private recordsOf(records: readonly Outgoing[]) {
    return records.flatMap(({ payload, partition = 0 }) => {
      const { events } = payload as StoredEvents;
      return this.inbound.splitEvents ? events.map((event) => ({ partition, events: [event] })) : [{ partition, events }];
    });
  }
}

const AWAY = modelDatabase({
  request: () => Promise.reject(problem('unavailable', 'away')),
  transaction: () => Promise.reject(problem('unavailable', 'away')),
});

function errorOf(reply: Exclude<Reply, { ok: Plain }>): Error {
  switch (reply.error) {
    case 'lost':
      return new ProgressLost();
    case 'away':
      return problem('unavailable', 'away');
    case 'timeout':
      return problem('timeout', 'nobody knows');
    case 'fault':
      return new Error(reply.message);
  }
}
