import type { Clock, Deferred } from '#kernel';
import { deferred } from '#kernel';
import { problem } from '#contracts';
import type { AppendRecord, Position } from '../log/event-log.js';
import { partitionForKey } from '../log/partition-for-key.js';
import type { LogStore, NewRecord } from './log-store.js';
import { encodeRecord } from './record-codec.js';

interface Waiting {
  topic: string;
  records: readonly AppendRecord[];
  /** Encoded when the caller called: what he does to his buffers afterwards changes nothing. */
  encoded: Buffer[];
  answer: Deferred<Position[]>;
}

interface Written {
  waiting: Waiting;
  positions: Position[];
}

/** Group commit: everything that waits while one synced write runs goes into the next one. */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly store: LogStore,
    private readonly clock: Clock,
    /** After records became durable, with their topics. */
    private readonly onAppended: (topics: ReadonlySet<string>) => void,
  ) {}

  append(topic: string, records: readonly AppendRecord[]): Promise<Position[]> {
    const now = this.clock.now();
    const answer = deferred<Position[]>();
    this.waiting.push({ topic, records, encoded: records.map((record) => encodeRecord(record, now)), answer });
    this.writing ??= this.writeAll();
    return answer.promise;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(batch);
      } catch (cause) {
        this.fail([...batch, ...this.waiting], cause);
      }
    }
    this.writing = undefined;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const ends = new Map<string, number>();
    const written = batch.map((waiting) => ({ waiting, positions: this.place(waiting, ends) }));
    await this.store.append(written.flatMap(newRecords));
    for (const { waiting, positions } of written) {
      for (const { partition, offset } of positions) this.rangeOf(waiting.topic, partition).latest = offset + 1;
      waiting.answer.resolve(positions);
    }
    this.onAppended(new Set(batch.map(({ topic }) => topic)));
  }

  private place({ topic, records }: Waiting, ends: Map<string, number>): Position[] {
    const partitions = this.store.topic(topic)?.ranges.length ?? 0;
    return records.map((record) => {
      const partition = record.partition ?? partitionForKey(record.key, partitions);
      const lane = `${topic}/${partition}`;
      const offset = ends.get(lane) ?? this.rangeOf(topic, partition).latest;
      ends.set(lane, offset + 1);
      return { partition, offset };
    });
  }

  private rangeOf(topic: string, partition: number) {
    const range = this.store.topic(topic)?.ranges[partition];
    if (!range) throw new RangeError(`topic ${topic} has no partition ${partition}`);
    return range;
  }

  /** What came behind the failed write is refused with it: a later record must not overtake one that its caller will repeat. */
  private fail(refused: readonly Waiting[], cause: unknown): void {
    this.waiting = [];
    for (const { topic, answer } of refused) answer.reject(problem('unavailable', `the log could not write to ${topic}`, { cause }));
  }
}

function newRecords({ waiting, positions }: Written): NewRecord[] {
  return positions.map(({ partition, offset }, at) => ({
    topic: waiting.topic,
    partition,
    offset,
    bytes: waiting.encoded[at] ?? Buffer.alloc(0),
  }));
}
