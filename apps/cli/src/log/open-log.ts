import { join } from 'node:path';
import type { EventLog } from '#bus';

export type LogPlace = { brokers: string[] } | { dataDir: string };

/** Kafka, or the log in a standalone server's data folder, which must not run then. */
export async function openLog(place: LogPlace): Promise<EventLog> {
  if ('brokers' in place) {
    const { KafkaLog } = await import('#bus-kafka');
    return new KafkaLog({ brokers: place.brokers, clientId: 'hecto-cli' });
  }
  const { EmbeddedLog } = await import('#bus');
  const location = join(place.dataDir, 'log');
  return EmbeddedLog.open({ location }).catch((cause: unknown) => {
    throw new Error(`The log in ${location} can't be opened: stop the standalone server that uses it`, { cause });
  });
}
