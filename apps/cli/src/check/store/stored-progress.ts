import { partitionForKey } from '#bus';
import { partitionKey, TOPIC, TOPICS, type ConversationId } from '#contracts';
import { PROGRESS } from '../../../../message/src/store/message.collections.js';
import type { ProgressDocument } from '../../../../message/src/store/progress.document.js';
import type { Snapshot } from './snapshot.js';

const PARTITIONS = TOPICS.find(({ name }) => name === TOPIC.send)?.partitions ?? 0;

const PROGRESS_IDS = Array.from({ length: PARTITIONS }, (_, partition) => `${TOPIC.send}/${partition}`);

/** Where the partitions stand. */
export class StoredProgress {
  private constructor(private readonly documents: ReadonlyMap<string, ProgressDocument>) {}

  static async read(snapshot: Snapshot): Promise<StoredProgress> {
    const found = await snapshot.find(PROGRESS, { _id: { $in: PROGRESS_IDS } });
    return new StoredProgress(new Map(found.map((document) => [document._id, document])));
  }

  /** Of the partition of a conversation; one that was never worked on has decided nothing. */
  of(conversation: string): { epoch: number; offset: number } {
    const partition = partitionForKey(partitionKey(conversation as ConversationId), PARTITIONS);
    return this.documents.get(`${TOPIC.send}/${partition}`) ?? { epoch: 0, offset: 0 };
  }
}
