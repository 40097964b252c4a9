import type { Database, Transaction } from '#storage';
import { AppError } from '#kernel';
import { TOPIC } from '#contracts';
import { PROGRESS } from '../../../../apps/message/src/store/message.collections.js';
import { ProgressRepository, type ProgressStep } from '../../../../apps/message/src/store/progress.repository.js';
import { TrainStore } from '../../../../apps/message/src/train/train-store.js';
import type { TrainWrites } from '../../../../apps/message/src/train/train-writes.js';
import { type MessageParts, MessageWiring, type Repositories } from '../process/message-wiring.js';

/** Sets the progress, wherever it stands. */
class UncomparedProgress extends ProgressRepository {
  constructor(private readonly all: Database) {
    super(all, TOPIC.send);
  }

  override async advance(transaction: Transaction, steps: readonly ProgressStep[]): Promise<boolean> {
    const operations = steps.map(({ partition, to }) => ({
      updateOne: { filter: { _id: `${TOPIC.send}/${partition}` }, update: { $set: { offset: to } } },
    }));
    await this.all.collection(PROGRESS).bulkWrite(operations, { session: transaction });
    return true;
  }
}

export class WithoutCompareAndSet extends MessageWiring {
  protected override repositories(parts: MessageParts): Repositories {
    return { ...super.repositories(parts), progress: new UncomparedProgress(parts.database) };
  }
}

/** Looks where the progress is when it doesn't know what became of its commit. */
class BelievingStore extends TrainStore {
  constructor(
    parts: MessageParts,
    private readonly all: Repositories,
  ) {
    super(parts.database, all.progress, all.seqs, all.buckets, all.keys, all.windows);
  }

  override async commit(steps: readonly ProgressStep[], writes: TrainWrites): Promise<void> {
    try {
      await super.commit(steps, writes);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'timeout')) throw error;
      const progress = await this.all.progress.load(steps.map(({ partition }) => partition));
      if (steps.some(({ partition, to }) => progress.get(partition)?.offset !== to)) throw error;
    }
  }
}

export class BelievingUnknownCommits extends MessageWiring {
  protected override store(parts: MessageParts, repositories: Repositories): TrainStore {
    return new BelievingStore(parts, repositories);
  }
}
