import { AppError } from '#kernel';
import { HEADER, type EventLog, type Position } from '#bus';
import type { LogPlace } from '../log/open-log.js';
import { openLog } from '../log/open-log.js';
import { parseAddress, topicNamed } from './address.js';
import { addressOfLetter, replayed, ReplayChoice, without, type DeadLetter } from './dead-letter.js';
import { deadLetterTopics, type DeadLetterTopic } from './dead-letter-topics.js';
import { describeInFull, describeInList, summaryOf } from './describe-letter.js';
import { forEachLetter, readLetter } from './read-letters.js';

export interface DlqRequest {
  log: LogPlace;
  say: (line: string) => void;
}

export interface ListRequest extends DlqRequest {
  /** Undefined: those of all topics. */
  topic: string | undefined;
  format: 'text' | 'json';
}

export interface ReplayRequest extends DlqRequest {
  /** Undefined: all of the topic. */
  address: string | undefined;
  topic: string | undefined;
}

export function runList({ log: place, topic, format, say }: ListRequest): Promise<void> {
  return withLog(place, async (log) => {
    let count = 0;
    const topics = topic === undefined ? deadLetterTopics() : [topicNamed(topic)];
    for (const each of topics) {
      await forEachLetter(log, each, (letter) => {
        count += 1;
        say(format === 'json' ? JSON.stringify(summaryOf(letter)) : describeInList(letter));
        return Promise.resolve();
      });
    }
    if (format === 'text')
      say(count === 0 ? 'There are no dead letters.' : `${count} dead letters; \`hecto dlq show <place>\` shows all of one.`);
  });
}

export function runShow({ log: place, say, address }: DlqRequest & { address: string }): Promise<void> {
  const wanted = parseAddress(address);
  return withLog(place, async (log) => say(describeInFull(await readLetter(log, wanted))));
}

export function runReplay({ log: place, address, topic, say }: ReplayRequest): Promise<void> {
  const wanted = address === undefined ? undefined : parseAddress(address);
  return withLog(place, async (log) => {
    if (wanted) await replay(log, await readLetter(log, wanted), say);
    else await replayAll(log, topicNamed(topic), say);
  });
}

async function replayAll(log: EventLog, topic: DeadLetterTopic, say: (line: string) => void): Promise<void> {
  const choice = new ReplayChoice();
  await forEachLetter(log, topic, (letter) => {
    choice.see(letter);
    return Promise.resolve();
  });
  const done = { replayed: 0, passed: 0 };
  await forEachLetter(log, topic, async (letter) => {
    if (!choice.includes(letter)) {
      done.passed += 1;
      return;
    }
    await replay(log, letter, say);
    done.replayed += 1;
  });
  const passed = done.passed > 0 ? `; ${done.passed} were passed over: a later letter is of the same record, or of its replay` : '';
  say(`Appended ${done.replayed} records to ${topic.source}${passed}.`);
}

/** Resolves when the record is durable in its topic again. */
async function replay(log: EventLog, letter: DeadLetter, say: (line: string) => void): Promise<void> {
  const { position, note } = await append(log, letter);
  const where = `${letter.topic.source}/${position.partition}/${position.offset}`;
  say(
    `${addressOfLetter(letter)} → ${where} (${letter.type || 'no type'}, key ${letter.record.key}, ${letter.record.value.length} bytes)${note}`,
  );
}

async function append(log: EventLog, letter: DeadLetter): Promise<{ position: Position; note: string }> {
  const record = replayed(letter);
  const { source } = letter.topic;
  try {
    return { position: first(await log.append(source, [record])), note: '' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'payload_too_large') throw error;
    // It was as large as the topic takes, so there is no room for the header that says where it comes from.
    const unmarked = { ...record, headers: without(record.headers ?? {}, HEADER.replayOf) };
    return { position: first(await log.append(source, [unmarked])), note: ', without the header that names its dead letter' };
  }
}

function first([position]: Position[]): Position {
  if (!position) throw new Error('the log answered without a position');
  return position;
}

async function withLog(place: LogPlace, work: (log: EventLog) => Promise<void>): Promise<void> {
  const log = await openLog(place);
  try {
    await work(log);
  } finally {
    await log.close();
  }
}
