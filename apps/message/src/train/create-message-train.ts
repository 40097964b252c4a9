import type { Bus, EventLog, TrainHandler } from '#bus';
import { TOPIC } from '#contracts';
import { busMetrics, type Telemetry } from '#observability';
import type { Database } from '#storage';
import { MessageBucketRepository } from '../store/message-bucket.repository.js';
import { MessageKeyRepository } from '../store/message-key.repository.js';
import { ProgressRepository } from '../store/progress.repository.js';
import { SeqRepository } from '../store/seq.repository.js';
import { UserWindowRepository } from '../store/user-window.repository.js';
import { DeadLetters } from './dead-letters.js';
import { FactLoader } from './fact-loader.js';
import { Partitions, type StoppedPartitions } from './partitions.js';
import { contextOfRecord } from './record-context.js';
import { SenderCursors } from './sender-cursors.js';
import { TrainMetrics } from './train.metrics.js';
import { TrainService } from './train.service.js';
import { TrainStore } from './train-store.js';

const MAX_RECORDS = 500;
const MAX_BYTES = 4 * 1024 * 1024;
/** Back-to-back trains make the system use every core at any rate; the wider they are spaced, the less CPU a message (docs/performance.md). */
const PACE_MS = 25;

export interface MessageTrainParts {
  database: Database;
  log: EventLog;
  bus: Bus;
  telemetry: Telemetry;
  stopped: StoppedPartitions;
}

/** The message path over these parts. */
export function createMessageTrain({ database, log, bus, telemetry: { logger, metrics }, stopped }: MessageTrainParts): TrainHandler {
  const progress = new ProgressRepository(database, TOPIC.send);
  const seqs = new SeqRepository(database);
  const buckets = new MessageBucketRepository(database);
  const keys = new MessageKeyRepository(database);
  const windows = new UserWindowRepository(database);
  const partitions = new Partitions(log, progress, stopped);
  const service = new TrainService({
    bus,
    partitions,
    logger,
    facts: new FactLoader(keys, seqs, windows),
    store: new TrainStore(database, progress, seqs, buckets, keys, windows),
    cursors: new SenderCursors(windows, buckets, logger),
    deadLetters: new DeadLetters(log, TOPIC.send, ({ partition, offset, reason }, record) => {
      busMetrics(metrics).deadLetters.inc({ topic: TOPIC.send });
      logger.error({ partition, offset, reason, ...contextOfRecord(record) }, 'moved a record to the dead letters');
    }),
    metrics: new TrainMetrics(metrics),
  });
  return {
    topic: TOPIC.send,
    startAt: (state) => partitions.begin(state),
    onRevoked: (revoked) => partitions.forget(revoked),
    onTrain: (train) => service.run(train),
    maxRecords: MAX_RECORDS,
    maxBytes: MAX_BYTES,
    paceMs: PACE_MS,
  };
}
