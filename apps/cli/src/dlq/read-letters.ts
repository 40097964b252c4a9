import { deferred, randomToken } from '#kernel';
import type { EventLog, PartitionState, ReceivedRecord } from '#bus';
import { formatAddress, type LetterAddress } from './address.js';
import { letterOf, type DeadLetter } from './dead-letter.js';
import type { DeadLetterTopic } from './dead-letter-topics.js';

const TRAIN = { maxRecords: 100, maxBytes: 8 * 1024 * 1024 };

/** Hands out every dead letter that is in the topic now, one after the other; those of a partition in their order. */
export async function forEachLetter(log: EventLog, topic: DeadLetterTopic, handle: (letter: DeadLetter) => Promise<void>): Promise<void> {
  const ranges = await rangesOf(log, topic);
  const latest = new Map(ranges.map((range) => [range.partition, range.latest]));
  const partitions = ranges.filter((range) => range.latest > range.earliest).map(({ partition }) => partition);
  if (partitions.length === 0) return;
  const failed = deferred<never>();
  failed.promise.catch(() => undefined);
  const subscription = await log.subscribe(
    topic.name,
    { ...own(), partitions, startAt: (state) => Promise.resolve(state.earliest) },
    async ({ records }) => {
      try {
        for (const record of records) if (record.offset < (latest.get(record.partition) ?? 0)) await handle(letterOf(topic, record));
      } catch (error) {
        failed.reject(error);
      }
    },
  );
  await Promise.race([subscription.caughtUp(), failed.promise]).finally(() => subscription.stop());
}

/** Throws when there is none at this place. */
export async function readLetter(log: EventLog, address: LetterAddress): Promise<DeadLetter> {
  const { topic, partition, offset } = address;
  const range = (await rangesOf(log, topic)).find((candidate) => candidate.partition === partition);
  if (!range || offset < range.earliest || offset >= range.latest) {
    throw new Error(`There is no dead letter ${formatAddress(address)}: see \`hecto dlq list\``);
  }
  const found = deferred<ReceivedRecord>();
  const start = { partitions: [partition], startAt: () => Promise.resolve(offset) };
  const subscription = await log.subscribe(topic.name, { ...own(), ...start }, ({ records: [record] }) => {
    if (record) found.resolve(record);
    return Promise.resolve();
  });
  const record = await found.promise.finally(() => subscription.stop());
  return letterOf(topic, record);
}

/** Of a topic that was never made: nothing. */
async function rangesOf(log: EventLog, { name }: DeadLetterTopic): Promise<PartitionState[]> {
  const exists = (await log.describeTopics([name])).length > 0;
  return exists ? log.ranges(name) : [];
}

/** A group for this one reading; the log forgets it after a while. */
function own() {
  return { group: `hecto-dlq-${randomToken(6)}`, ...TRAIN };
}
