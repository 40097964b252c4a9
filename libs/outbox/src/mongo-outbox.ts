import { LRUCache } from 'lru-cache';
import type { ClientSession } from 'mongodb';
import type { AppError, Clock } from '#kernel';
import type { Bus } from '#bus';
import type { Telemetry } from '#observability';
import type { CollectionSpec, Database } from '#storage';
import type { OutboxDocument } from './outbox.document.js';
import type { Outbox, OutboxEntry } from './outbox.js';
import { OutboxRepository, type WaitingEntry } from './outbox.repository.js';
import { relay, type Relayed } from './relay.js';
import { Removals } from './removals.js';
import { SharedRuns } from './shared-runs.js';
import { Sweeper } from './sweeper.js';

export interface MongoOutboxParts {
  database: Database;
  /** `outboxCollection('group')` */
  collection: CollectionSpec<OutboxDocument>;
  bus: Bus;
  telemetry: Telemetry;
  clock: Clock;
  /** The sweeper's pace and the age from which on it takes an entry for left behind (ms, defaults 2,000 and 5,000). */
  sweepEveryMs?: number;
  sweepAgeMs?: number;
}

const REMEMBERED_REFUSALS = 10_000;

/**
 * The Outbox in a collection of the service. Nest starts and ends its sweeper by the two hooks at the end; without Nest call them.
 * Refusals are remembered by the process that met them: should another process relay an entry that is refused, its own flush
 * resolves, as whatever refused it has told everyone in its own log.
 */
export class MongoOutbox implements Outbox {
  private readonly repository: OutboxRepository;
  private readonly removals: Removals;
  private readonly runs = new SharedRuns((entity) => this.relayEntity(entity));
  private readonly refusals = new LRUCache<string, AppError>({ max: REMEMBERED_REFUSALS });
  private readonly sweeper: Sweeper;

  constructor(private readonly parts: MongoOutboxParts) {
    this.repository = new OutboxRepository(parts.database, parts.collection);
    this.removals = new Removals((ids) => this.repository.remove(ids));
    this.sweeper = new Sweeper({
      everyMs: parts.sweepEveryMs ?? 2000,
      leftBehind: (after) => this.repository.entitiesWaitingSince(parts.clock.now() - (parts.sweepAgeMs ?? 5000), after),
      flush: (entity) => this.runs.join(entity),
      logger: parts.telemetry.logger,
    });
  }

  add(session: ClientSession, entries: readonly OutboxEntry[]): Promise<void> {
    return this.repository.add(session, entries, this.parts.clock.now());
  }

  async flush(entity: string, version?: number): Promise<void> {
    const { refused, failure } = await this.runs.join(entity);
    const refusal = version === undefined ? refused[0]?.error : this.refusals.get(refusalKey(entity, version));
    if (refusal) throw refusal;
    if (failure !== undefined) throw failure as Error;
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  /** What still waits is left to the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.runs.idle();
    await this.removals.idle();
  }

  private async relayEntity(entity: string): Promise<Relayed> {
    const waiting = await this.repository.waitingFor(entity);
    const relayed = await relay(
      this.parts.bus,
      waiting.filter(({ _id }) => !this.removals.has(_id)),
    );
    this.removals.add(relayed.settled.map(({ _id }) => _id));
    for (const refusal of relayed.refused) this.remember(refusal);
    return relayed;
  }

  private remember({ entry, error }: { entry: WaitingEntry; error: AppError }): void {
    this.refusals.set(refusalKey(entry.entity, entry.version), error);
    const { entity, version, topic, type } = entry;
    this.parts.telemetry.logger.warn({ entity, version, topic, type, err: error }, 'an outbox entry was refused and dropped');
  }
}

function refusalKey(entity: string, version: number): string {
  return `${entity}|${version}`;
}
