import type { EventLog, PartitionState } from '#bus';
import { MessageKeyRepository } from '../../../../apps/message/src/store/message-key.repository.js';
import type { ProgressRepository } from '../../../../apps/message/src/store/progress.repository.js';
import type { PartitionCaches } from '../../../../apps/message/src/train/partition-cache.js';
import { Partitions } from '../../../../apps/message/src/train/partitions.js';
import type { KeyFacts } from '../../../../apps/message/src/train/train-state.js';
import type { Plain } from '../mongo/documents.js';
import { type MessageParts, MessageWiring, type Repositories } from '../process/message-wiring.js';

/** Reads the progress anew, and keeps what it knew. */
class KeepingPartitions extends Partitions {
  constructor(
    log: EventLog,
    progress: ProgressRepository,
    private readonly known: PartitionCaches,
  ) {
    super(log, progress, new Map(), known);
  }

  override async begin(state: PartitionState): Promise<number> {
    const before = this.known.get(state.partition);
    const start = await super.begin(state);
    const now = this.known.get(state.partition);
    for (const [id, facts] of before?.conversations.entries() ?? []) now?.conversations.set(id, facts);
    for (const [id, facts] of before?.windows.entries() ?? []) now?.windows.set(id, facts);
    return start;
  }
}

export class KeepingCaches extends MessageWiring {
  protected override partitions({ log, caches }: MessageParts, { progress }: Repositories): Partitions {
    return new KeepingPartitions(log, progress, caches);
  }
}

class StartingAtCommitted extends Partitions {
  override async begin(state: PartitionState): Promise<number> {
    await super.begin(state);
    return state.committed ?? state.earliest;
  }
}

export class IgnoringProgress extends MessageWiring {
  protected override partitions({ log, caches }: MessageParts, { progress }: Repositories): Partitions {
    return new StartingAtCommitted(log, progress, new Map(), caches);
  }
}

class StartingAtProgress extends Partitions {
  override begin(state: PartitionState): Promise<number> {
    return super.begin({ ...state, committed: state.latest });
  }
}

export class IgnoringCommitted extends MessageWiring {
  protected override partitions({ log, caches }: MessageParts, { progress }: Repositories): Partitions {
    return new StartingAtProgress(log, progress, new Map(), caches);
  }
}

/** Has the keys of what is to come read on the assignment, and knows them at the first train. */
class ForeseenKeys extends MessageKeyRepository {
  constructor(
    { database, keyIds, memory }: MessageParts,
    private readonly ids = keyIds,
    public foreseen = memory as Record<string, KeyFacts | null> | null,
  ) {
    super(database);
  }

  async foresee(): Promise<void> {
    const found = await super.load(this.ids);
    this.foreseen = Object.fromEntries(this.ids.map((id) => [id, found.get(id) ?? null]));
  }

  override async load(ids: readonly string[]): Promise<Map<string, KeyFacts>> {
    const { foreseen } = this;
    this.foreseen = null;
    if (!foreseen) return super.load(ids);
    return new Map(ids.flatMap((id): [string, KeyFacts][] => (foreseen[id] ? [[id, foreseen[id]]] : [])));
  }
}

class ForeseeingPartitions extends Partitions {
  constructor(
    parts: MessageParts,
    progress: ProgressRepository,
    private readonly keys: ForeseenKeys,
  ) {
    super(parts.log, progress, new Map(), parts.caches);
  }

  override async begin(state: PartitionState): Promise<number> {
    await this.keys.foresee();
    return super.begin(state);
  }
}

export class ReadingKeysFirst extends MessageWiring {
  protected override memoryOf = ({ keys }: Repositories) => (keys as ForeseenKeys).foreseen as Plain;

  protected override repositories(parts: MessageParts): Repositories {
    return { ...super.repositories(parts), keys: new ForeseenKeys(parts) };
  }

  protected override partitions(parts: MessageParts, { progress, keys }: Repositories): Partitions {
    return new ForeseeingPartitions(parts, progress, keys as ForeseenKeys);
  }
}
