import { ANY_TRAIN, Collector, textRecord } from '../conformance/collector.suite.js';
import { EmbeddedLog } from './embedded-log.js';

const SPEC = { partitions: 3, timestamps: 'CreateTime', retentionMs: 3_600_000, maxRecordBytes: 1000 } as const;
const TEXTS = ['1', '2', '3', '4', '5'];

describe('an embedded log after a kill', () => {
  let log: EmbeddedLog;

  beforeEach(async () => {
    log = await EmbeddedLog.inMemory({ forgets: ['questions', 'missing'] });
    await log.createTopics([
      { ...SPEC, name: 'questions' },
      { ...SPEC, name: 'events' },
    ]);
  });
  afterEach(() => log.close());

  const append = (topic: string, texts: readonly string[]) =>
    log.append(
      topic,
      texts.map((text) => textRecord(text, text)),
    );
  const handled = async (topic: string): Promise<string[]> => {
    const collector = new Collector();
    await (await log.subscribe(topic, { group: 'service', ...ANY_TRAIN }, collector.onTrain)).caughtUp();
    return collector.texts.sort();
  };

  it('delivers nothing from before of the topics that it forgets, and everything uncommitted of the others', async () => {
    for (const topic of ['questions', 'events']) {
      await append(topic, TEXTS);
      expect(await handled(topic)).toEqual(TEXTS);
    }
    log = await log.crash();
    expect(await handled('questions')).toEqual([]);
    expect(await handled('events')).toEqual(TEXTS);
  });

  it('gives what comes next to a topic that it forgot the offsets behind, after every kill', async () => {
    await append('questions', TEXTS);
    const before = await log.ranges('questions');
    log = await (await log.crash()).crash();
    expect(await log.ranges('questions')).toEqual(before.map((range) => ({ ...range, earliest: range.latest })));
    await append('questions', ['6']);
    expect(await handled('questions')).toEqual(['6']);
  });
});
