import type { CallLine, HistoryLine, PushLine, ReturnLine, SeenMessage } from '../../../history/history.js';
import type { PromiseName } from '../../promises.js';
import type { ConversationDocuments } from '../documents.suite.js';
import type { Random } from '../random.suite.js';
import type { SimulatedRun } from '../simulated-run.suite.js';

/** Spoils a run in one way. False: this run has nothing that could be spoilt so. */
export type Corruption = (run: SimulatedRun, random: Random) => boolean;

export interface Named {
  name: string;
  /** One of these must be said to be broken. */
  breaks: PromiseName[];
  spoil: Corruption;
}

export const slotsOf = ({ buckets }: ConversationDocuments) => buckets.flatMap(({ msgs }) => msgs);

export function pickConversation({ documents }: SimulatedRun, random: Random, least: number): ConversationDocuments | undefined {
  const long = documents.conversations.filter(({ seq }) => seq.max_seq >= least && seq.max_seq <= 100);
  return long.length > 0 ? random.pick(long) : undefined;
}

export function pickLine<L extends HistoryLine>(
  lines: HistoryLine[],
  random: Random,
  test: (line: HistoryLine) => line is L,
): L | undefined {
  const found = lines.filter(test);
  return found.length > 0 ? random.pick(found) : undefined;
}

export type Answered<T extends string> = ReturnLine & { answer: Extract<NonNullable<ReturnLine['answer']>, { type: T }> };

export function answers<T extends string>(type: T, more: (line: Answered<T>) => boolean = () => true) {
  return (line: HistoryLine): line is Answered<T> => line.kind === 'return' && line.answer?.type === type && more(line as Answered<T>);
}

export function callOf(lines: HistoryLine[], { call }: ReturnLine): CallLine {
  return lines.find((line) => line.kind === 'call' && line.call === call) as CallLine;
}

export type MessagePush = PushLine & { push: { type: 'message' } & SeenMessage };

export function isMessagePush(line: HistoryLine): line is MessagePush {
  return line.kind === 'push' && line.push.type === 'message';
}

/** A call that the history did not have, and its answer, at its end. */
export function addCall(
  run: SimulatedRun,
  client: CallLine['client'],
  operation: CallLine['operation'],
  result: Omit<ReturnLine, 'kind' | 'at' | 'call'>,
): void {
  run.lines.push({ kind: 'call', at: 0, call: 1_000_000, client, operation });
  run.lines.push({ kind: 'return', at: 0, call: 1_000_000, ...result });
}

export function seenOf({ conversationId, seq, messageId, senderId, clientMsgId, digest }: SeenMessage): SeenMessage {
  return { conversationId, seq, messageId, senderId, clientMsgId, digest };
}

/** The first call and the first ok return of a message, by their lines; only of those that were tried once. */
export function onlyTry(run: SimulatedRun, { senderId, clientMsgId, conversationId, messageId }: SeenMessage) {
  const { lines } = run;
  const calls = lines.filter(
    (line): line is CallLine =>
      line.kind === 'call' &&
      line.operation.type === 'send' &&
      line.client.userId === senderId &&
      line.operation.clientMsgId === clientMsgId,
  );
  const [call] = calls;
  const back = lines.findIndex(
    (line) =>
      answers('send')(line) &&
      line.call === call?.call &&
      line.answer.messageId === messageId &&
      line.answer.conversationId === conversationId,
  );
  if (calls.length !== 1 || !call || back < 0) return undefined;
  return { call, from: lines.indexOf(call), back, over: (call.operation as { over: string }).over };
}

/** The message that an answer is about. */
export function ownOf(run: SimulatedRun, line: Answered<'send'>): SeenMessage {
  return run.server.of(line.answer.conversationId).messages[line.answer.seq - 1]!;
}

export function remove(lines: HistoryLine[], line: HistoryLine): void {
  lines.splice(lines.indexOf(line), 1);
}
