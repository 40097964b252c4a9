import type { TopicToCreate } from '#bus';

/** With this many replicas a record outlives any one machine, so two of them suffice to call it durable, and no flush is needed. */
const SAFE_REPLICAS = 3;

export function topicConfig(spec: TopicToCreate, replicas: number): { name: string; value: string }[] {
  const config: Record<string, string> = {
    'retention.ms': String(spec.retentionMs),
    'message.timestamp.type': spec.timestamps,
    'max.message.bytes': String(spec.maxRecordBytes),
    'min.insync.replicas': replicas >= SAFE_REPLICAS ? '2' : '1',
  };
  if (spec.flushEveryAppend && replicas < SAFE_REPLICAS) config['flush.messages'] = '1';
  return Object.entries(config).map(([name, value]) => ({ name, value }));
}
