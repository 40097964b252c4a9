const OFFSET_DIGITS = 16;
const PARTITION_DIGITS = 5;

/** Keys of the store; names of topics and groups have no `!`, numbers are padded so that they sort. */
export const storeKeys = {
  identity: 'identity',
  topic: (topic: string) => `topic!${topic}`,
  topics: { gt: 'topic!', lt: 'topic"' },
  /** The range of a partition that retention has shortened. */
  range: (topic: string, partition: number) => `range!${topic}!${pad(partition, PARTITION_DIGITS)}`,
  record: (topic: string, partition: number, offset: number) =>
    `record!${topic}!${pad(partition, PARTITION_DIGITS)}!${pad(offset, OFFSET_DIGITS)}`,
  offsetOfRecord: (key: string) => Number(key.slice(-OFFSET_DIGITS)),
  committed: (group: string, topic: string, partition: number) => `committed!${group}!${topic}!${pad(partition, PARTITION_DIGITS)}`,
};

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
