/** A port of a broker for some of its clients: they are told to connect somewhere else, which leads there. */
export interface KafkaDoor {
  name: string;
  port: number;
  advertisedPort: number;
}

export interface KafkaPlace {
  /** From 1. */
  nodeId: number;
  port: number;
  controllerPort: number;
  /** By which it is found there. */
  voterPort: number;
  dataDir: string;
  doors: readonly KafkaDoor[];
  /** The door that other brokers come through; without one, they come as every client does. */
  replication: string | undefined;
}

/** One of `brokers` that are their own controllers (KRaft), small enough to run beside the tests. */
export function serverProperties(place: KafkaPlace, brokers: readonly Pick<KafkaPlace, 'nodeId' | 'voterPort'>[]): string {
  // With three, everything is there three times, and two must have it.
  const [replicas, inSync] = brokers.length >= 3 ? [3, 2] : [1, 1];
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': place.nodeId,
    'controller.quorum.voters': brokers.map(({ nodeId, voterPort }) => `${nodeId}@127.0.0.1:${voterPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    ...listeners(place),
    'log.dirs': place.dataDir,
    // Topics are declared and created, never guessed from a misspelt name.
    'auto.create.topics.enable': false,
    // The first member of a group gets its partitions at once; the default waits 3 s for others.
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker that comes back is refused for as long as its last registration holds; the default is 9 s.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    'min.insync.replicas': inSync,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function listeners({ port, controllerPort, doors, replication = 'PLAINTEXT' }: KafkaPlace): Record<string, string> {
  const open = [{ name: 'PLAINTEXT', port, advertisedPort: port }, ...doors];
  const controller = { name: 'CONTROLLER', port: controllerPort };
  return {
    listeners: [...open, controller].map((listener) => `${listener.name}://127.0.0.1:${listener.port}`).join(','),
    'advertised.listeners': open.map(({ name, advertisedPort }) => `${name}://127.0.0.1:${advertisedPort}`).join(','),
    'inter.broker.listener.name': replication,
    'listener.security.protocol.map': [...open, controller].map(({ name }) => `${name}:PLAINTEXT`).join(','),
  };
}
