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
  ) {}

  async keep(dead: readonly UnreadableRecord[], records: readonly ReceivedRecord[]): Promise<void> {
    if (dead.length === 0) return;
    const letters = dead.flatMap(({ partition, offset, reason }): AppendRecord[] => {
      const record = records.find((candidate) => candidate.partition === partition && candidate.offset === offset);
      if (!record) return [];
      const { key, value, headers } = record;
      return [
        {
          key,
          value,
          headers: {
            ...headers,
            [HEADER.reason]: reason.slice(0, MAX_REASON_LENGTH),
            [HEADER.origin]: `${this.topic}/${partition}/${offset}`,
          },
        },
      ];
    });
    await this.log.append(deadLetterTopic(this.topic, consumerGroup('message', this.topic)), letters);
  }
}
