import { HEADER, type AppendRecord, type EventLog, type ReceivedRecord } from '#bus';
import { consumerGroup, deadLetterTopic } from '#contracts';
import type { UnreadableRecord } from './command.js';

/** A letter is its record and a little more. */
const MAX_REASON_LENGTH = 1000;

/** Keeps what no train can decide, byte for byte, with the reason and the place it came from. */
export class DeadLetters {
  constructor(
    private readonly log: EventLog,
    private readonly topic: string,
    /** Told of each that was kept. */
    private readonly onKept: (dead: UnreadableRecord, record: ReceivedRecord) => void = () => undefined,
  ) {}

  async keep(dead: readonly UnreadableRecord[], records: readonly ReceivedRecord[]): Promise<void> {
    if (dead.length === 0) return;
    const kept = dead.flatMap((each) => {
      const record = records.find(({ partition, offset }) => partition === each.partition && offset === each.offset);
      return record ? [{ each, record }] : [];
    });
    const letters = kept.map(({ each, record }) => this.letterOf(each, record));
    await this.log.append(deadLetterTopic(this.topic, consumerGroup('message', this.topic)), letters);
    for (const { each, record } of kept) this.onKept(each, record);
  }

  private letterOf({ partition, offset, reason }: UnreadableRecord, { key, value, headers }: ReceivedRecord): AppendRecord {
    const why = { [HEADER.reason]: reason.slice(0, MAX_REASON_LENGTH), [HEADER.origin]: `${this.topic}/${partition}/${offset}` };
    return { key, value, headers: { ...headers, ...why } };
  }
}
