import { EmbeddedLog } from './embedded-log.js';

const TOPIC = { name: 'a.v1', partitions: 4, timestamps: 'LogAppendTime', retentionMs: 60_000, maxRecordBytes: 10_000 } as const;

it('delivers what was appended', async () => {
  const log = await EmbeddedLog.inMemory();
  await log.createTopics([TOPIC]);
  const seen: string[] = [];
  const sub = await log.subscribe('a.v1', { group: 'g', maxRecords: 3, maxBytes: 10_000 }, async ({ records }) => {
    await Promise.resolve();
    seen.push(...records.map((r) => `${r.partition}:${r.offset}:${r.value.toString()}`));
  });
  await Promise.all(Array.from({ length: 20 }, (_, i) => log.append('a.v1', [{ key: `k${i % 7}`, value: Buffer.from(String(i)) }])));
  await sub.caughtUp();
  expect(seen.length).toBe(20);
  await log.close();
});
