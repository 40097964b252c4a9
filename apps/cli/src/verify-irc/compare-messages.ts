import { isDeepStrictEqual } from 'node:util';
import type { MessageView } from '#contracts';
import { contentOf } from '../import-irc/message-content.js';
import type { SendStep } from '../irc/channel-log.js';
import { nicknameOfUserId } from '../irc/nickname.js';

const SHOWN = 80;

/** How what was read from seq `firstSeq` on differs from the lines that should be there; empty when it doesn't. */
export function compareMessages(expected: readonly SendStep[], actual: readonly MessageView[], firstSeq: number): string[] {
  const differences = expected.slice(0, actual.length).flatMap((step, index) => compareMessage(step, actual[index], firstSeq + index));
  if (actual.length !== expected.length)
    differences.push(`${actual.length} messages from seq ${firstSeq} on instead of ${expected.length}`);
  return differences;
}

function compareMessage(step: SendStep, actual: MessageView | undefined, seq: number): string[] {
  const facts: [string, unknown, unknown][] = [
    ['seq', seq, actual?.seq],
    ['message id', step.clientMsgId, actual?.clientMsgId],
    ['author', step.userId, actual?.senderId],
    ['content', contentOf(step), actual?.content],
    ['time', step.createdAt, actual?.createdAt],
  ];
  if (step.manner !== 'log') facts.push(['nickname', nicknameOfUserId(step.userId), actual?.senderNickname]);
  return facts
    .filter(([, wanted, found]) => !isDeepStrictEqual(wanted, found))
    .map(([what, wanted, found]) => `line ${step.line} (seq ${seq}): ${what} is ${shown(found)} instead of ${shown(wanted)}`);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
