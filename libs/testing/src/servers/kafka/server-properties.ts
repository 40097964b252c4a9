export interface KafkaPlace {
  port: number;
  controllerPort: number;
  dataDir: string;
}

/** One broker that is its own controller (KRaft), small enough to run beside the tests. */
export function serverProperties(place: KafkaPlace): string {
  const listener = `PLAINTEXT://127.0.0.1:${place.port}`;
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${place.controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `${listener},CONTROLLER://127.0.0.1:${place.controllerPort}`,
    'advertised.listeners': listener,
    'log.dirs': place.dataDir,
    // Topics are declared and created, never guessed from a misspelt name.
    'auto.create.topics.enable': false,
    // The first member of a group gets its partitions at once; the default waits 3 s for others.
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker that comes back is refused for as long as its last registration holds; the default is 9 s.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
