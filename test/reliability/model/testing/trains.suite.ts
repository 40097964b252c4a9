import type { Database } from '#storage';
import { MessageBucketRepository } from '../../../../apps/message/src/store/message-bucket.repository.js';
import { MessageKeyRepository } from '../../../../apps/message/src/store/message-key.repository.js';
import { ProgressRepository } from '../../../../apps/message/src/store/progress.repository.js';
import { SeqRepository } from '../../../../apps/message/src/store/seq.repository.js';
import { UserWindowRepository } from '../../../../apps/message/src/store/user-window.repository.js';
import { decideTrain } from '../../../../apps/message/src/train/decide.js';
import { FactLoader } from '../../../../apps/message/src/train/fact-loader.js';
import { isUnreadable, readRecord } from '../../../../apps/message/src/train/read-record.js';
import { TrainStore } from '../../../../apps/message/src/train/train-store.js';
import { planWrites } from '../../../../apps/message/src/train/train-writes.js';
import { canonical } from '../canonical.js';
import { DocumentStore } from '../mongo/document-store.js';
import type { Documents } from '../mongo/documents.js';
import { modelDatabase } from '../mongo/model-database.js';
import type { receivedRecord } from '../small-log.js';

/** The message service's repositories and what they are to be tried with, over one database. */
export class Trains {
  private readonly progress;
  private readonly seqs;
  private readonly buckets;
  private readonly keys;
  private readonly windows;
  private readonly store;
  private readonly facts;

  constructor(database: Database) {
    this.progress = new ProgressRepository(database, 'message.send.v1');
    this.seqs = new SeqRepository(database);
    this.buckets = new MessageBucketRepository(database);
    this.keys = new MessageKeyRepository(database);
    this.windows = new UserWindowRepository(database);
    this.store = new TrainStore(database, this.progress, this.seqs, this.buckets, this.keys, this.windows);
    this.facts = new FactLoader(this.keys, this.seqs, this.windows);
  }

  /** One train from `from` on; what it comes to, and what everybody who asks is told afterwards. */
  async run(records: readonly ReturnType<typeof receivedRecord>[], from: number): Promise<string> {
    const position = await this.progress.loadOrBegin(0, 'the-log');
    const inbound = records.map((record) => readRecord(record, position));
    const loaded = await this.facts.load(
      inbound.flatMap((one) => (isUnreadable(one) ? [] : [one])),
      new Map(),
    );
    const decisions = decideTrain(inbound, loaded);
    const outcome = await this.store.commit([{ partition: 0, from, to: from + records.length }], planWrites(decisions)).then(
      () => 'committed',
      (error: unknown) => (error instanceof Error ? error.name : 'failed'),
    );
    const stored = decisions.flatMap((decision) => (decision.kind === 'stored' ? [decision] : []));
    await this.windows.advanceCursors(
      stored.map(({ conversationId, message, key, counted }) => ({
        conversationId,
        userId: message.senderId,
        readSeq: key.result,
        readCounted: counted,
      })),
    );
    const counted = await Promise.all(stored.map(({ conversationId, key }) => this.buckets.countedAt(conversationId, key.result)));
    return canonical({ outcome, counted, kinds: decisions.map(({ kind }) => kind), progress: [...(await this.progress.load([0, 1]))] });
  }
}

/** The model’s MongoDB, without anybody who decides when what happens. */
export function twin(): { database: Database; documents: () => Documents } {
  let store = new DocumentStore({});
  const database = modelDatabase({
    request: (request) => Promise.resolve(structuredClone(store.execute(request))),
    transaction: async (work) => {
      const copy = new DocumentStore(structuredClone(store.documents));
      await work(copy);
      store = copy;
    },
  });
  return { database, documents: () => store.documents };
}
