import { deadLetterTopic, TOPICS, type TopicSpec } from '#contracts';
import { busMetrics, type Telemetry } from '#observability';
import { HEADER } from '../client/envelope.js';
import type { EventLog, ReceivedRecord } from '../log/event-log.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A broker refuses headers without bound; the log has the whole error. */
const MAX_REASON_LENGTH = 1000;

/** Where the records of one topic go that one group can't handle: as they were, with the reason and the place they came from. */
export class DeadLetters {
  readonly topic: string;

  constructor(
    private readonly log: EventLog,
    private readonly source: string,
    group: string,
    private readonly telemetry: Telemetry,
  ) {
    this.topic = deadLetterTopic(source, group);
  }

  /** Makes sure that the topic exists: when it is needed, it is too late. */
  async prepare(): Promise<void> {
    await this.log.createTopics([this.spec()]);
  }

  /** Resolves when durable: only then may the record count as handled. */
  async put(record: ReceivedRecord, error: unknown): Promise<void> {
    const origin = `${record.topic}/${record.partition}/${record.offset}`;
    const reason = error instanceof Error ? error.message : String(error);
    const headers = { ...record.headers, [HEADER.reason]: reason.slice(0, MAX_REASON_LENGTH), [HEADER.origin]: origin };
    await this.log.append(this.topic, [{ key: record.key, value: record.value, headers }]);
    busMetrics(this.telemetry.metrics).deadLetters.inc({ topic: record.topic });
    this.telemetry.logger.error({ err: error, origin, deadLetterTopic: this.topic }, 'moved a record to the dead letters');
  }

  private spec(): TopicSpec {
    const like = TOPICS.find(({ name }) => name === this.source);
    return {
      name: this.topic,
      partitions: like?.partitions ?? 1,
      timestamps: 'CreateTime',
      retentionMs: 30 * DAY_MS,
      maxRecordBytes: (like?.maxRecordBytes ?? 1024 * 1024) + 16 * 1024,
    };
  }
}
