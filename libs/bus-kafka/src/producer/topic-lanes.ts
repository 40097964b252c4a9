import { problem } from '#contracts';
import { type AppendRecord, partitionForKey, recordBytes } from '#bus';
import type { TopicLimits } from '../admin/kafka-admin.js';
import { AppendTicket } from './append-ticket.js';
import { Lane } from './lane.js';

const MAX_BATCH_RECORDS = 200;
const MAX_BATCH_BYTES = 512 * 1024;

/** A topic's lanes. Until its partitions are known, calls wait here in their order. */
export class TopicLanes {
  private lanes: Lane[] = [];
  private limits: TopicLimits | undefined;
  private loading: Promise<void> | undefined;
  private waiting: AppendTicket[] = [];

  constructor(
    private readonly topic: string,
    private readonly load: (topic: string) => Promise<TopicLimits>,
    private readonly onPushed: (lanes: ReadonlySet<Lane>) => void,
  ) {}

  append(records: readonly AppendRecord[]): AppendTicket {
    const ticket = new AppendTicket(records);
    if (this.limits) this.push(ticket, this.limits);
    else {
      this.waiting.push(ticket);
      this.loading ??= this.loadLimits();
    }
    return ticket;
  }

  get idle(): boolean {
    return this.waiting.length === 0 && this.lanes.every((lane) => lane.idle);
  }

  private async loadLimits(): Promise<void> {
    let failure: unknown;
    try {
      const limits = await this.load(this.topic);
      const { partitions, maxRecordBytes } = limits;
      const batch = { maxRecords: MAX_BATCH_RECORDS, maxBytes: Math.min(MAX_BATCH_BYTES, maxRecordBytes) };
      this.lanes = Array.from({ length: partitions }, (_, partition) => new Lane(this.topic, partition, batch));
      this.limits = limits;
    } catch (error) {
      failure = error;
    }
    this.loading = undefined;
    for (const ticket of this.waiting.splice(0)) {
      if (this.limits) this.push(ticket, this.limits);
      else ticket.failed(failure);
    }
  }

  private push(ticket: AppendTicket, limits: TopicLimits): void {
    const sized = ticket.records.map((record, index) => ({ ticket, index, record, bytes: recordBytes(record) }));
    const tooLarge = sized.find(({ bytes }) => bytes > limits.maxRecordBytes);
    if (tooLarge) {
      const detail = `a record of ${tooLarge.bytes} bytes for ${this.topic}, which takes ${limits.maxRecordBytes}`;
      ticket.failed(problem('payload_too_large', detail));
      return;
    }
    const touched = new Map(sized.map((waiting) => [waiting, this.laneOf(waiting.record, limits)]));
    if ([...touched.values()].includes(undefined)) {
      ticket.failed(new RangeError(`${this.topic} has ${limits.partitions} partitions`));
      return;
    }
    for (const [waiting, lane] of touched) lane?.push(waiting);
    this.onPushed(new Set([...touched.values()].filter((lane) => lane !== undefined)));
  }

  private laneOf(record: AppendRecord, { partitions }: TopicLimits): Lane | undefined {
    return this.lanes[record.partition ?? partitionForKey(record.key, partitions)];
  }
}
