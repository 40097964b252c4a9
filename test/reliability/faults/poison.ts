import { randomBytes } from 'node:crypto';
import { HEADER, recordBytes, type AppendRecord, type EventLog, type Position, type ReceivedRecord } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { consumerGroup, deadLetterTopic, MESSAGE_COMMAND, partitionKey, TOPIC, TOPICS, type ConversationId } from '#contracts';
import { newId } from '#kernel';
import { waitFor } from '#testing';
import type { Fault } from './fault.js';

const LIMIT = TOPICS.find(({ name }) => name === TOPIC.send)?.maxRecordBytes ?? 0;
const DEAD_LETTERS = deadLetterTopic(TOPIC.send, consumerGroup('message', TOPIC.send));
const DEAD_WITHIN_MS = 60_000;
const CONVERSATION = 'si_nobody_someone' as ConversationId;

interface Poison {
  what: string;
  /** What its dead letter must say. */
  reason: RegExp;
  record(): AppendRecord;
}

const POISONS: readonly Poison[] = [
  { what: 'bytes that are no text', reason: /not UTF-8/, record: () => send(Buffer.concat([Buffer.of(0xff), randomBytes(300)])) },
  { what: 'text that is no JSON', reason: /JSON|Unexpected token/, record: () => send(Buffer.from('once upon a time')) },
  { what: 'JSON that is no object', reason: /not a JSON object/, record: () => send(Buffer.from('[1]')) },
  { what: 'a send without a sender', reason: /senderId/, record: () => send(json({ conversationId: CONVERSATION })) },
  { what: 'a command that nobody knows', reason: /unknown command type/, record: () => ({ ...send(json({})), headers: { type: 'x' } }) },
  { what: 'nothing at all', reason: /unknown command type|JSON/, record: () => ({ key: '', value: Buffer.alloc(0) }) },
  { what: 'the largest record that the topic takes', reason: /JSON|Unexpected token/, record: () => ofSize(LIMIT) },
];

/**
 * Records that nobody can handle, straight into the log of the sends. Each must become a dead letter with its reason and its place,
 * byte for byte, and whatever lies behind it must go on. One that is too large is refused to its producer alone.
 */
export const poison: Fault = {
  name: 'poison',
  draw: () => ({
    what: `${POISONS.map(({ what }) => what).join('; ')}; one that is too large`,
    holdMs: 0,
    inject: async ({ servers }) => {
      const log = new KafkaLog({ brokers: servers.addresses.kafkaBrokers.split(','), clientId: 'chaos' });
      try {
        const dead = await watchDeadLetters(log);
        const records = POISONS.map((each) => each.record());
        const tooLarge = expectRefusal(log.append(TOPIC.send, [ofSize(LIMIT + 1)]));
        const places = await Promise.all(records.map((record) => log.append(TOPIC.send, [record])));
        await tooLarge;
        for (const [index, { what, reason }] of POISONS.entries()) {
          await expectLetter({ what, reason, dead, place: places[index]?.[0], record: records[index] });
        }
      } finally {
        await log.close();
      }
      return () => Promise.resolve();
    },
  }),
};

interface Expected {
  what: string;
  reason: RegExp;
  dead: readonly ReceivedRecord[];
  place: Position | undefined;
  record: AppendRecord | undefined;
}

async function expectLetter({ what, reason, dead, place, record }: Expected): Promise<void> {
  const origin = `${TOPIC.send}/${place?.partition ?? '?'}/${place?.offset ?? '?'}`;
  const find = () => dead.find(({ headers }) => headers[HEADER.origin] === origin);
  const letter = await waitFor(find, { withinMs: DEAD_WITHIN_MS, what: `the dead letter of ${what} (${origin})` });
  const said = letter.headers[HEADER.reason] ?? '';
  if (!reason.test(said)) throw new Error(`The dead letter of ${what} (${origin}) gives as its reason: ${said}`);
  if (!record || !letter.value.equals(record.value)) throw new Error(`The dead letter of ${what} (${origin}) is not what was appended`);
}

/** Fills by itself with what arrives from now on. */
async function watchDeadLetters(log: EventLog): Promise<readonly ReceivedRecord[]> {
  const ends = new Map((await log.ranges(DEAD_LETTERS)).map(({ partition, latest }) => [partition, latest]));
  const dead: ReceivedRecord[] = [];
  const startAt = ({ partition, latest }: { partition: number; latest: number }) => Promise.resolve(ends.get(partition) ?? latest);
  const options = { group: `chaos-${newId()}`, partitions: [...ends.keys()], startAt, maxRecords: 100, maxBytes: LIMIT };
  await log.subscribe(DEAD_LETTERS, options, ({ records }) => {
    dead.push(...records);
    return Promise.resolve();
  });
  return dead;
}

async function expectRefusal(append: Promise<unknown>): Promise<void> {
  const code = await append.then(
    () => 'none',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
  if (code !== 'payload_too_large') throw new Error(`A record that is too large was not refused as such: ${code}`);
}

function send(value: Buffer): AppendRecord {
  return { key: partitionKey(CONVERSATION), value, headers: { [HEADER.type]: MESSAGE_COMMAND.send } };
}

function ofSize(bytes: number): AppendRecord {
  const empty = send(Buffer.alloc(0));
  return { ...empty, value: Buffer.alloc(bytes - recordBytes(empty), 'x') };
}

function json(body: object): Buffer {
  return Buffer.from(JSON.stringify(body));
}
