import { HEADER, type AppendRecord, type ReceivedRecord } from '#bus';
import type { Dice } from '../dice.js';
import { mutated } from '../mutations.js';
import { again } from './recorded-records.js';

export interface RecordAttack {
  kind: string;
  topic: string;
  record: AppendRecord;
}

const DEADLINE_MS = 30_000;
const NOISE_BYTES = 300;
const LARGE_BYTES = 900_000;
const STRANGE_HEADERS: Readonly<Record<string, readonly string[]>> = {
  [HEADER.type]: ['', 'no.such.type', '__proto__', 'constructor', 'ü', 'x'.repeat(5000)],
  [HEADER.replyTo]: ['', '99/nobody', '-1/x', 'x', '0/', '7', '1e9/x', '31/nobody'],
  [HEADER.correlationId]: ['', 'x'.repeat(5000), '__proto__'],
  [HEADER.deadline]: ['', 'soon', '-1', 'Infinity', '1e400', '0'],
  [HEADER.traceparent]: ['', '00-0-0-0', 'x'.repeat(5000)],
  [HEADER.requestId]: ['', 'x'.repeat(5000), '\n'],
};
const NO_PAYLOAD = ['null', '0', '"text"', '[]', '[[]]', 'true', '{}', '1e999', '{"__proto__":1}', '{"constructor":{"prototype":1}}'];

/** Records that no service may act on, made of those that it once took. */
export class RecordAttacks {
  constructor(
    private readonly recorded: ReadonlyMap<string, readonly ReceivedRecord[]>,
    private readonly dice: Dice,
  ) {}

  /** Surely wrong: nothing may change. */
  refused(): RecordAttack {
    const [topic, original] = this.original();
    const { dice } = this;
    const record = again(original);
    const bytes = record.value;
    const with_ = (kind: string, value: Buffer | string, headers = record.headers): RecordAttack => ({
      kind,
      topic,
      record: { ...record, value: Buffer.from(value), headers: this.unexpired(headers) },
    });
    return dice.pick<() => RecordAttack>([
      () => with_('noise', Buffer.concat([Buffer.from([0xff]), dice.bytes(dice.below(NOISE_BYTES))])),
      () => with_('empty', ''),
      () => with_('truncated', bytes.subarray(0, dice.below(bytes.length))),
      () => with_('no payload', dice.pick(NO_PAYLOAD)),
      () => with_('brackets', '['.repeat(1 + dice.below(50_000))),
      () => with_('large', Buffer.alloc(LARGE_BYTES, 'x')),
      () => with_('unknown type', bytes, { ...record.headers, [HEADER.type]: dice.pick(STRANGE_HEADERS[HEADER.type] ?? []) }),
      () => with_('no headers', bytes, {}),
      () => with_('broken field', this.withBrokenField(bytes)),
      () => with_('broken field', this.withBrokenField(bytes)),
      () => with_('broken field', this.withBrokenField(bytes)),
    ])();
  }

  /** Wrong, or strange, or as valid as ever: whatever it is, it harms nobody else. */
  anything(): RecordAttack {
    const [topic, original] = this.original();
    const { dice } = this;
    const record = again(original);
    const header = dice.pick(Object.keys(STRANGE_HEADERS));
    const strange = { ...record.headers, [header]: dice.pick(STRANGE_HEADERS[header] ?? []) };
    return dice.pick<() => RecordAttack>([
      () => ({
        kind: 'mutated',
        topic,
        record: { ...record, value: mutated(record.value.toString('utf8'), dice), headers: this.unexpired(record.headers) },
      }),
      () => ({ kind: 'again', topic, record: { ...record, headers: this.unexpired(record.headers) } }),
      () => ({ kind: 'strange header', topic, record: { ...record, headers: strange } }),
      () => ({ kind: 'strange key', topic, record: { ...record, key: dice.pick(['', 'sg_x', '__proto__', 'x'.repeat(3000)]) } }),
    ])();
  }

  private original(): [string, ReceivedRecord] {
    const topic = this.dice.pick([...this.recorded.keys()]);
    return [topic, this.dice.pick(this.recorded.get(topic) ?? [])];
  }

  /** Questions are looked at only before their deadline. */
  private unexpired(headers: AppendRecord['headers'] = {}): Record<string, string> {
    return HEADER.deadline in headers ? { ...headers, [HEADER.deadline]: String(Date.now() + DEADLINE_MS) } : { ...headers };
  }

  /** One field of the payload has a type that it never has. */
  private withBrokenField(value: Buffer): string {
    const payload = JSON.parse(value.toString('utf8')) as Record<string, unknown>;
    const fields = Object.keys(payload);
    if (fields.length === 0) return '[]';
    const field = this.dice.pick(fields);
    const isNumber = typeof payload[field] === 'number' || typeof payload[field] === 'boolean';
    return JSON.stringify({ ...payload, [field]: isNumber ? 'x' : 7.5 });
  }
}
