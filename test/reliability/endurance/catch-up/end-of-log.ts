import type { PartitionState } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { TOPIC } from '#contracts';

/** How far the commands go that were sent. */
export async function endOfLog(brokers: readonly string[]): Promise<readonly PartitionState[]> {
  const log = new KafkaLog({ brokers, clientId: 'endurance' });
  return log.ranges(TOPIC.send).finally(() => log.close());
}
