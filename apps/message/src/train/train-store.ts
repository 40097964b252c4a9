import { isDuplicateKey, type Database, type Transaction } from '#storage';
import type { MessageBucketRepository } from '../store/message-bucket.repository.js';
import type { MessageKeyRepository } from '../store/message-key.repository.js';
import type { ProgressRepository, ProgressStep } from '../store/progress.repository.js';
import type { SeqRepository } from '../store/seq.repository.js';
import type { UserWindowRepository } from '../store/user-window.repository.js';
import { ProgressLost } from './progress-lost.js';
import type { TrainWrites } from './train-writes.js';

/** Writes what a train decided: progress, seqs, slots, keys and windows appear together, or not at all. */
export class TrainStore {
  constructor(
    private readonly database: Database,
    private readonly progress: ProgressRepository,
    private readonly seqs: SeqRepository,
    private readonly buckets: MessageBucketRepository,
    private readonly keys: MessageKeyRepository,
    private readonly windows: UserWindowRepository,
  ) {}

  /** Throws ProgressLost when someone else was there first, `unavailable` or `timeout` when MongoDB is away. */
  async commit(steps: readonly ProgressStep[], writes: TrainWrites): Promise<void> {
    if (steps.length > 0) await this.database.transaction((transaction) => this.write(transaction, steps, writes));
    else if (writes.keys.length > 0) throw new Error('a train that moves no progress must write nothing');
  }

  private async write(transaction: Transaction, steps: readonly ProgressStep[], writes: TrainWrites): Promise<void> {
    if (!(await this.progress.advance(transaction, steps))) throw new ProgressLost();
    await this.seqs.allocate(transaction, writes.conversations);
    await this.buckets.append(transaction, writes.buckets);
    await this.keys.add(transaction, writes.keys).catch((error: unknown) => {
      // A key that exists already was decided by someone whose progress we have not seen.
      throw isDuplicateKey(error) ? new ProgressLost() : error;
    });
    await this.windows.change(transaction, writes.windows);
  }
}
