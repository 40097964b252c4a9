import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { ReceivedRecord } from '#bus';

/** What the port promises, of whatever anyone wrote into the topic: nothing in a record can make this throw. */
export function receivedRecord(topic: string, partition: number, message: KafkaMessage): ReceivedRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: message.value ?? Buffer.alloc(0),
    headers: textHeaders(message.headers ?? {}),
    timestamp: Number(message.timestamp),
  };
}

/** A header that occurs several times counts with its last value. */
function textHeaders(headers: IHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, (Array.isArray(value) ? value.at(-1) : value)?.toString() ?? '']);
  return Object.fromEntries(entries) as Record<string, string>;
}
