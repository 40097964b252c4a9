/** A record to append. */
export interface AppendRecord {
  /** Records of one key go to one partition, in the order of the appends. */
  key: string;
  value: Buffer;
  headers?: Readonly<Record<string, string>>;
  /** Only for topics whose partitions mirror another's; else the key's hash decides (murmur2, as Kafka's own clients). */
  partition?: number;
}

export interface Position {
  partition: number;
  offset: number;
}

export interface ReceivedRecord extends Position {
  topic: string;
  key: string;
  value: Buffer;
  headers: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch; the log's own clock where the topic says LogAppendTime. */
  timestamp: number;
}

/** What is known of a partition when a subscription takes it over. Offsets count from `earliest` to `latest` − 1. */
export interface PartitionState {
  partition: number;
  /** The next offset to handle as the group committed it; undefined when it never did. */
  committed: number | undefined;
  /** The first offset that is still kept. */
  earliest: number;
  /** The offset that the next appended record will get. */
  latest: number;
}

export interface SubscribeOptions {
  /** Members of one group share the partitions; each partition has one owner at a time (a zombie may believe it is one still). */
  group: string;
  /**
   * Where to start in a partition that has just been assigned, and in each partition of a train that was rejected. Called before
   * any of its records is delivered. Default: the committed offset, else the earliest. A rejection is retried with a growing delay.
   */
  startAt?: (state: PartitionState) => Promise<number>;
  /** These partitions, whoever else is in the group: for groups of one member. Default: what the group's balancing gives. */
  partitions?: readonly number[];
  /** The most records and bytes of one train; a single larger record still comes, alone. */
  maxRecords: number;
  maxBytes: number;
  /** The least time between the departures of two trains, in ms (default 0): what comes meanwhile travels together. */
  paceMs?: number;
  /**
   * Records that must not be handled twice. A train with one of them departs once its offsets are committed, and only if they were:
   * a crash or a rejection then loses it, and never brings it again. Default: none.
   */
  atMostOnce?: (record: ReceivedRecord) => boolean;
  /** After partitions were taken away: what is known of them is no longer true. */
  onRevoked?: (partitions: readonly number[]) => void;
}

/** What waits, over all assigned partitions, each in its order and without gaps. Never empty. */
export interface Train {
  records: readonly ReceivedRecord[];
}

export interface Subscription {
  /** The partitions that are assigned now. */
  assigned(): readonly number[];
  /** Resolves when everything that was in the assigned partitions at the time of this call has been handled. */
  caughtUp(): Promise<void>;
  /** Milliseconds since the log last answered a poll: a consumer that hears nothing for long may have lost its partitions unknowingly. */
  sinceLastPollMs(): number;
  /** Lets the running train end, commits what is resolved, leaves the group. */
  stop(): Promise<void>;
}

export interface TopicState {
  name: string;
  partitions: number;
  timestamps: 'LogAppendTime' | 'CreateTime';
  maxRecordBytes: number;
}

/**
 * A partitioned, durable, ordered log. Kafka behind `KafkaLog`, LevelDB behind `EmbeddedLog`; one conformance suite runs against all.
 *
 * - **Order**: records of one partition are delivered in the order of their offsets; appends of one caller to one partition get
 *   ascending offsets in the order of the calls, even through retries: an append goes out only after the one before has ended.
 * - **Durability**: `append` resolves when the records survive the loss of any process (acks=all; a synced write).
 * - **Delivery**: at least once, but for what a subscription wants `atMostOnce`. Offsets of a resolved train are committed soon
 *   after, on a timer and at `stop`; after a crash what was not committed comes again. A train that rejects comes again, whole or in other cuts, after `startAt`. (An embedded log can
 *   be opened so that it forgets topics whose records nobody waits for any more.)
 * - **Never** is a record delivered from within `append`, and never two trains of one subscription at a time.
 */
export interface EventLog {
  /** Which log this is: Kafka's cluster id, the embedded log's UUID. A log that lost its data has another. */
  identity(): Promise<string>;

  /**
   * Positions in the order of `records`. Rejects with `problem('unavailable')` when the log is away for longer than its bounded
   * retries (the records may have been appended all the same: the outcome is unknown), with `problem('payload_too_large')` for a
   * record beyond the topic's limit, which leaves other appends alone.
   */
  append(topic: string, records: readonly AppendRecord[]): Promise<Position[]>;

  /** Resolves when the subscription runs; it goes on by itself through broker restarts. `onTrain` is called again when its promise has settled. */
  subscribe(topic: string, options: SubscribeOptions, onTrain: (train: Train) => Promise<void>): Promise<Subscription>;

  /** The topics as they are, for `hecto doctor` and for the check at every service's start. */
  describeTopics(names: readonly string[]): Promise<TopicState[]>;

  /** Creates the topics that are missing; never changes one that exists. Returns the names of those created. */
  createTopics(specs: readonly TopicToCreate[]): Promise<string[]>;

  /** The range of each partition of a topic; `committed` is that of the group, and undefined without one. */
  ranges(topic: string, group?: string): Promise<PartitionState[]>;

  /** Whether the log answers within `timeoutMs`. */
  ping(timeoutMs: number): Promise<boolean>;

  /** Stops every subscription, ends appends in flight, closes. */
  close(): Promise<void>;
}

export interface TopicToCreate {
  name: string;
  partitions: number;
  timestamps: 'LogAppendTime' | 'CreateTime';
  retentionMs: number;
  maxRecordBytes: number;
  flushEveryAppend?: boolean;
}
