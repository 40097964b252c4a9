import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordMetadata } from 'kafkajs';
import errors from 'kafkajs/src/protocol/error.js';
import { problem } from '#contracts';
import type { ReportTrouble } from '#bus';
import type { Lane } from './lane.js';

/** How long batches are tried before they, and what waits behind them, are refused. */
const GIVE_UP_MS = 10_000;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;

export interface DeliveryPorts {
  /** One request with the batches of these lanes; says how each partition fared, and throws when nobody can know. */
  send(lanes: readonly Lane[]): Promise<RecordMetadata[]>;
  /** The lane's batch has its end: the next may depart. */
  onSettled(lane: Lane): void;
  report: ReportTrouble;
}

/** Brings the batches of some lanes to their end: those that can be tried again are, for a bounded time; each lane has its own fate. */
export async function deliver(lanes: readonly Lane[], ports: DeliveryPorts): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  let open = lanes;
  for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
    open = await attempt(open, ports, { again: Date.now() + waitMs <= giveUpAt });
    if (open.length === 0) return;
    await sleep(waitMs);
  }
}

/** Returns the lanes to try again. */
async function attempt(lanes: readonly Lane[], ports: DeliveryPorts, { again }: { again: boolean }): Promise<Lane[]> {
  const answers = await ports.send(lanes).catch((error: unknown) => error);
  return lanes.filter((lane) => {
    const outcome = Array.isArray(answers) ? outcomeOf(lane, answers as RecordMetadata[]) : answers;
    if (typeof outcome === 'number') lane.appended(outcome);
    else if (again && isRetriable(outcome)) {
      ports.report(`append to ${lane.topic}`, outcome);
      return true;
    } else lane.failed(refusal(lane, outcome));
    ports.onSettled(lane);
    return false;
  });
}

/** The offset of the batch's first record, or the error that the broker has for this partition. */
function outcomeOf(lane: Lane, answers: readonly RecordMetadata[]): unknown {
  const answer = answers.find(({ topicName, partition }) => topicName === lane.topic && partition === lane.partition);
  if (!answer) return new Error(`Kafka's answer lacks ${lane.topic}/${lane.partition}`);
  return answer.errorCode === 0 ? Number(answer.baseOffset) : errors.createErrorFromCode(answer.errorCode);
}

/** What isn't a verdict of the broker is a connection, which may come back. */
function isRetriable(error: unknown): boolean {
  const { name, retriable } = error as { name?: string; retriable?: boolean };
  return name !== 'KafkaJSProtocolError' || retriable !== false;
}

function refusal({ topic }: Lane, cause: unknown): Error {
  const { type } = cause as { type?: string };
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return problem('payload_too_large', `Kafka found records for ${topic} too large`, { cause });
  }
  return problem('unavailable', `Kafka did not take records for ${topic}`, { cause });
}
