import { HEADER, type AppendRecord, type ReceivedRecord } from '#bus';
import { formatAddress } from './address.js';
import type { DeadLetterTopic } from './dead-letter-topics.js';

/** A record that could not be handled, with why, and where it was. */
export interface DeadLetter {
  topic: DeadLetterTopic;
  record: ReceivedRecord;
  reason: string;
  /** `<topic>/<partition>/<offset>` of the record that it was. */
  origin: string;
  type: string;
  /** When it died. */
  at: string;
  /** The dead letter that the record was a replay of. */
  replayOf: string | undefined;
}

export function letterOf(topic: DeadLetterTopic, record: ReceivedRecord): DeadLetter {
  const { headers } = record;
  return {
    topic,
    record,
    reason: headers[HEADER.reason] ?? '',
    origin: headers[HEADER.origin] ?? '',
    type: headers[HEADER.type] ?? '',
    at: new Date(record.timestamp).toISOString(),
    replayOf: headers[HEADER.replayOf],
  };
}

/** As `hecto dlq show` and `replay` take it. */
export function addressOfLetter({ topic, record: { partition, offset } }: DeadLetter): string {
  return formatAddress({ topic, partition, offset });
}

/** The record as it was, and which dead letter it comes from. */
export function replayed(letter: DeadLetter): AppendRecord {
  const { key, value, headers } = letter.record;
  return { key, value, headers: { ...ownHeaders(headers), [HEADER.replayOf]: addressOfLetter(letter) } };
}

/** Those that the record had before it was set aside. */
export function ownHeaders(headers: ReceivedRecord['headers']): Record<string, string> {
  return without(headers, HEADER.reason, HEADER.origin);
}

export function without(headers: ReceivedRecord['headers'], ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/**
 * Of these, those to replay when all are: of several letters of one record the last, and none whose replay has died since. (A record
 * is set aside once more when the process dies before its progress passes it.)
 */
export class ReplayChoice {
  private readonly lastOfOrigin = new Map<string, string>();
  private readonly replayed = new Set<string>();

  see(letter: DeadLetter): void {
    if (letter.origin !== '') this.lastOfOrigin.set(letter.origin, addressOfLetter(letter));
    if (letter.replayOf !== undefined) this.replayed.add(letter.replayOf);
  }

  includes(letter: DeadLetter): boolean {
    const address = addressOfLetter(letter);
    return !this.replayed.has(address) && (this.lastOfOrigin.get(letter.origin) ?? address) === address;
  }
}
