import { systemClock } from '#kernel';
import { silentTelemetry } from '#observability';
import type { CollectionSpec, Database } from '#storage';
import type { OutboxDocument } from './outbox.document.js';
import { MongoOutbox } from './mongo-outbox.js';
import { RecordingBus } from './recording-bus.suite.js';

/** A service's outbox, and the calls of it that every service makes, for the catalogue of its queries. */
export function cataloguedOutbox(database: Database, collection: CollectionSpec<OutboxDocument>) {
  const outbox = new MongoOutbox({ database, collection, bus: new RecordingBus(), telemetry: silentTelemetry('test'), clock: systemClock });
  /** Ends what the outbox does beside the call. */
  const settled = () => outbox.beforeApplicationShutdown();
  const sweepOnce = async () => {
    outbox.onApplicationBootstrap();
    await settled();
  };
  return {
    outbox,
    settled,
    flush: (entity: string) => ({ method: 'MongoOutbox.flush', run: () => outbox.flush(entity).then(settled) }),
    sweeper: { method: 'MongoOutbox sweeper', run: sweepOnce },
  };
}
