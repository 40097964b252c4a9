import { silentTelemetry } from '#observability';
import type { Bus, EventLog } from '#bus';
import { TOPIC } from '#contracts';
import type { Database } from '#storage';
import { MessageBucketRepository } from '../../../../apps/message/src/store/message-bucket.repository.js';
import { MessageKeyRepository } from '../../../../apps/message/src/store/message-key.repository.js';
import { ProgressRepository } from '../../../../apps/message/src/store/progress.repository.js';
import { SeqRepository } from '../../../../apps/message/src/store/seq.repository.js';
import { UserWindowRepository } from '../../../../apps/message/src/store/user-window.repository.js';
import { DeadLetters } from '../../../../apps/message/src/train/dead-letters.js';
import { FactLoader } from '../../../../apps/message/src/train/fact-loader.js';
import type { PartitionCaches } from '../../../../apps/message/src/train/partition-cache.js';
import { Partitions } from '../../../../apps/message/src/train/partitions.js';
import { SenderCursors } from '../../../../apps/message/src/train/sender-cursors.js';
import { TrainMetrics } from '../../../../apps/message/src/train/train.metrics.js';
import { type TrainParts, TrainService } from '../../../../apps/message/src/train/train.service.js';
import { TrainStore } from '../../../../apps/message/src/train/train-store.js';
import type { Plain } from '../mongo/documents.js';

const { logger, metrics: registry } = silentTelemetry('message');
const metrics = new TrainMetrics(registry);
/** As the product's, but a record that fails alone is tried twice, and at once. */
const ALONE = { retries: 1, minTimeout: 0, maxTimeout: 0 };

export interface MessageParts {
  database: Database;
  /** For what is written beside the trains. */
  besides: Database;
  log: EventLog;
  bus: Bus;
  caches: PartitionCaches;
  /** What `Wired.memory` gave when the process was last at rest. */
  memory: Plain;
  /** Hex ids of the keys of the small log's records. */
  keyIds: readonly string[];
}

export interface Repositories {
  progress: ProgressRepository;
  seqs: SeqRepository;
  buckets: MessageBucketRepository;
  keys: MessageKeyRepository;
  windows: UserWindowRepository;
}

export interface Wired {
  partitions: Partitions;
  service: TrainService;
  memory(): Plain;
}

/** The message path, wired as `createMessageTrain` does it. A variant replaces one of the parts by a subclass without some guard. */
export class MessageWiring {
  /** What the process knows besides its caches. */
  protected memoryOf: (repositories: Repositories) => Plain = () => null;

  wire(parts: MessageParts): Wired {
    const repositories = this.repositories(parts);
    const { seqs, keys, windows } = repositories;
    const partitions = this.partitions(parts, repositories);
    const service = this.service({
      bus: parts.bus,
      partitions,
      logger,
      metrics,
      facts: new FactLoader(keys, seqs, windows),
      store: this.store(parts, repositories),
      cursors: new SenderCursors(new UserWindowRepository(parts.besides), new MessageBucketRepository(parts.besides), logger),
      deadLetters: new DeadLetters(parts.log, TOPIC.send),
    });
    return { partitions, service, memory: () => this.memoryOf(repositories) };
  }

  protected repositories({ database }: MessageParts): Repositories {
    return {
      progress: new ProgressRepository(database, TOPIC.send),
      seqs: new SeqRepository(database),
      buckets: new MessageBucketRepository(database),
      keys: new MessageKeyRepository(database),
      windows: new UserWindowRepository(database),
    };
  }

  protected partitions({ log, caches }: MessageParts, { progress }: Repositories): Partitions {
    return new Partitions(log, progress, new Map(), caches);
  }

  protected store({ database }: MessageParts, repositories: Repositories): TrainStore {
    const { progress, seqs, buckets, keys, windows } = repositories;
    return new TrainStore(database, progress, seqs, buckets, keys, windows);
  }

  protected service(parts: TrainParts): TrainService {
    return new TrainService(parts, ALONE);
  }
}

export { ALONE };
