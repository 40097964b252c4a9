import type { PartitionState } from '#bus';
import { TOPIC } from '#contracts';
import { Database } from '#storage';
import { waitFor } from '#testing';

interface Progress {
  _id: string;
  offset: number;
}

/** Resolves when trains have decided everything that these partitions hold. */
export async function decidedUpTo(mongoUrl: string, ranges: readonly PartitionState[], withinMs: number): Promise<void> {
  const database = new Database({ url: mongoUrl, appName: 'attacks' });
  const behind = async () => {
    const documents = await database.db.collection<Progress>('progress').find().toArray();
    const offsets = new Map(documents.map(({ _id, offset }) => [_id, offset]));
    return ranges.filter(({ partition, latest }) => latest > (offsets.get(`${TOPIC.send}/${partition}`) ?? 0));
  };
  try {
    await waitFor(async () => (await behind()).length === 0, { withinMs, what: 'every partition to be decided', everyMs: 200 });
  } finally {
    await database.close();
  }
}
