import { Binary } from 'mongodb';
import type { Answer, CallLine, HistoryLine, PushLine, ReturnLine, SeenMessage } from '../../history/history.js';
import type { PromiseName } from '../promises.js';
import type { ConversationDocuments } from './documents.suite.js';
import { keyOf, messageOf } from './documents.suite.js';
import { toSlot } from '../../../../apps/message/src/store/message-slot.mapper.js';
import { messageKey, messageIdOf } from '../../../../apps/message/src/train/message-key.js';
import type { ConversationId } from '#contracts';
import type { Random } from './random.suite.js';
import type { SimulatedRun } from './simulated-run.suite.js';
import { digestOf } from '../../history/digest.js';

/** Spoils a run in one way. False: this run has nothing that could be spoilt so. */
export type Corruption = (run: SimulatedRun, random: Random) => boolean;

interface Named {
  name: string;
  /** One of these must be said to be broken. */
  breaks: PromiseName[];
  spoil: Corruption;
}

const slotsOf = ({ buckets }: ConversationDocuments) => buckets.flatMap(({ msgs }) => msgs);

function pickConversation({ documents }: SimulatedRun, random: Random, least: number): ConversationDocuments | undefined {
  const long = documents.conversations.filter(({ seq }) => seq.max_seq >= least && seq.max_seq <= 100);
  return long.length > 0 ? random.pick(long) : undefined;
}

function pickLine<L extends HistoryLine>(lines: HistoryLine[], random: Random, test: (line: HistoryLine) => line is L): L | undefined {
  const found = lines.filter(test);
  return found.length > 0 ? random.pick(found) : undefined;
}

type Answered<T extends string> = ReturnLine & { answer: Extract<NonNullable<ReturnLine['answer']>, { type: T }> };

function answers<T extends string>(type: T, more: (line: Answered<T>) => boolean = () => true) {
  return (line: HistoryLine): line is Answered<T> => line.kind === 'return' && line.answer?.type === type && more(line as Answered<T>);
}

function callOf(lines: HistoryLine[], { call }: ReturnLine): CallLine {
  return lines.find((line) => line.kind === 'call' && line.call === call) as CallLine;
}

type MessagePush = PushLine & { push: { type: 'message' } & SeenMessage };

function isMessagePush(line: HistoryLine): line is MessagePush {
  return line.kind === 'push' && line.push.type === 'message';
}

function sameStream(a: PushLine, b: HistoryLine): b is MessagePush {
  if (!isMessagePush(b) || a.push.type !== 'message') return false;
  return b.client.userId === a.client.userId && b.client.deviceId === a.client.deviceId && b.push.conversationId === a.push.conversationId;
}

/** Two pushes of one conversation that follow one another on one connection. */
function neighbours(lines: HistoryLine[], random: Random): [number, number] | undefined {
  const found: [number, number][] = [];
  lines.forEach((line, i) => {
    if (!isMessagePush(line)) return;
    for (let j = i + 1; j < lines.length; j += 1) {
      const next = lines[j]!;
      if (next.kind === 'socket' && next.client.userId === line.client.userId && next.client.deviceId === line.client.deviceId) return;
      if (!sameStream(line, next)) continue;
      found.push([i, j]);
      return;
    }
  });
  return found.length > 0 ? random.pick(found) : undefined;
}

/** Appends a message, with everything that goes with it. */
function append(run: SimulatedRun, random: Random, of: { clientMsgId: string; senderId?: string; text: string }): boolean {
  const conversation = pickConversation(run, random, 1);
  const last = conversation && run.server.of(conversation.seq._id).messages.at(-1);
  if (!conversation || !last || conversation.seq.max_seq === 100) return false;
  const senderId = of.senderId ?? last.senderId;
  const messageId = messageIdOf(messageKey(conversation.seq._id as ConversationId, senderId, of.clientMsgId));
  const content = { text: of.text };
  const numbers = { seq: last.seq + 1, counted: last.counted + 1, offset: run.server.offset + 1, counts: true, shows: false };
  const message = {
    ...last,
    ...numbers,
    senderId,
    clientMsgId: of.clientMsgId,
    messageId,
    content: JSON.stringify(content),
    digest: digestOf(content),
  };
  conversation.buckets.at(-1)!.msgs.push(toSlot(messageOf(message), message.counted).slot);
  conversation.keys.push(keyOf(message));
  conversation.seq.max_seq += 1;
  conversation.seq.counted += 1;
  return true;
}

/** The last message vanishes without a trace in the documents. */
function dropLast(conversation: ConversationDocuments): void {
  const slot = conversation.buckets.at(-1)!.msgs.pop()!;
  conversation.keys = conversation.keys.filter(({ _id }) => messageIdOf(Buffer.from(_id.buffer)) !== slot.msg.id);
  conversation.bodies = conversation.bodies.filter(({ _id }) => _id !== `${conversation.seq._id}:${slot.msg.seq}`);
  conversation.seq.max_seq -= 1;
  conversation.seq.counted = slotsOf(conversation).at(-1)?.msg.counted ?? 0;
  if (conversation.buckets.at(-1)!.msgs.length === 0) conversation.buckets.pop();
}

/** A call that the history did not have, and its answer, at its end. */
function addCall(
  run: SimulatedRun,
  client: CallLine['client'],
  operation: CallLine['operation'],
  result: Omit<ReturnLine, 'kind' | 'at' | 'call'>,
): void {
  run.lines.push({ kind: 'call', at: 0, call: 1_000_000, client, operation });
  run.lines.push({ kind: 'return', at: 0, call: 1_000_000, ...result });
}

/** A group with a message that somebody may not read for good, by the calls of the run: he was put in by nobody, ever. */
function stranger(run: SimulatedRun): { userId: string; message: SeenMessage } | undefined {
  for (const { id, pair, messages, windows } of run.server.conversations.values()) {
    const message = messages.at(-1);
    if (pair || !message) continue;
    for (const userId of ['ann', 'ben', 'cat', 'dan']) {
      const named = run.lines.some((line) => line.kind === 'call' && putsIn(line, id.slice(3), userId));
      if (!named && !windows.has(userId)) return { userId, message };
    }
  }
  return undefined;
}

/** Somebody who was taken out and never put in again, with a message that was sent after that. */
function former(run: SimulatedRun): { userId: string; message: SeenMessage; at: number } | undefined {
  const { lines } = run;
  for (const [i, line] of lines.entries()) {
    if (line.kind !== 'return' || line.outcome !== 'ok') continue;
    const call = callOf(lines, line);
    const { operation } = call;
    if (operation.type !== 'kick' && operation.type !== 'leave') continue;
    const userId = operation.type === 'kick' ? operation.userId : call.client.userId;
    const open = new Set(
      lines.slice(0, i).flatMap((each) => (each.kind === 'call' && putsIn(each, operation.groupId, userId) ? [each.call] : [])),
    );
    const made = new Set(
      lines.slice(0, lines.indexOf(call)).flatMap((each) => (each.kind === 'return' && each.outcome !== 'unknown' ? [each.call] : [])),
    );
    const pending = [...open].some((each) => !made.has(each));
    if (pending || lines.slice(i).some((each) => each.kind === 'call' && putsIn(each, operation.groupId, userId))) continue;
    const message = run.server.of(`sg_${operation.groupId}`).messages.find(({ senderId, clientMsgId }) => {
      const first = lines.findIndex(
        (each) =>
          each.kind === 'call' &&
          each.operation.type === 'send' &&
          each.client.userId === senderId &&
          each.operation.clientMsgId === clientMsgId,
      );
      return first > i;
    });
    const seenAt = message && lines.findIndex((each) => isMessagePush(each) && each.push.messageId === message.messageId);
    if (message && seenAt !== undefined && seenAt > i) return { userId, message, at: seenAt + 1 };
  }
  return undefined;
}

function putsIn({ operation, client }: CallLine, groupId: string, userId: string): boolean {
  switch (operation.type) {
    case 'create-group':
      return operation.groupId === groupId && (client.userId === userId || operation.memberIds.includes(userId));
    case 'join':
      return operation.groupId === groupId && client.userId === userId;
    case 'invite':
      return operation.groupId === groupId && operation.userIds.includes(userId);
    default:
      return false;
  }
}

function seenOf({ conversationId, seq, messageId, senderId, clientMsgId, digest }: SeenMessage): SeenMessage {
  return { conversationId, seq, messageId, senderId, clientMsgId, digest };
}

/** Two neighbouring messages change places everywhere: in the documents, and in whatever was answered or seen of them. */
function swapEverywhere(run: SimulatedRun, conversation: ConversationDocuments, low: number): void {
  const slots = slotsOf(conversation);
  const [a, b] = [slots[low - 1]!.msg, slots[low]!.msg];
  const identity = ({ id, client_msg_id, sender_id, nickname, type, content, sent_at, created_at }: typeof a) =>
    ({ id, client_msg_id, sender_id, nickname, type, content, sent_at, created_at }) as typeof a;
  const [ofA, ofB] = [identity(a), identity(b)];
  Object.assign(a, ofB);
  Object.assign(b, ofA);
  const keys = [ofA, ofB].map(({ id }) => conversation.keys.find(({ _id }) => messageIdOf(Buffer.from(_id.buffer)) === id)!);
  [keys[0]!.result, keys[1]!.result] = [low + 1, low];
  [keys[0]!.place, keys[1]!.place] = [keys[1]!.place, keys[0]!.place];
  const { messages } = run.server.of(conversation.seq._id);
  const [seenA, seenB] = [seenOf(messages[low - 1]!), seenOf(messages[low]!)];
  const swapped = (item: SeenMessage): void => {
    if (item.conversationId !== conversation.seq._id) return;
    if (item.seq === low) Object.assign(item, { ...seenB, seq: low });
    else if (item.seq === low + 1) Object.assign(item, { ...seenA, seq: low + 1 });
  };
  for (const line of run.lines) {
    if (isMessagePush(line)) swapped(line.push);
    if (line.kind !== 'return') continue;
    if (line.answer?.type === 'history') line.answer.items.forEach(swapped);
    if (line.answer?.type === 'send' && line.answer.messageId === ofA.id) line.answer.seq = low + 1;
    else if (line.answer?.type === 'send' && line.answer.messageId === ofB.id) line.answer.seq = low;
  }
}

function plain(conversation: ConversationDocuments, low: number): boolean {
  return slotsOf(conversation)
    .slice(low - 1, low + 1)
    .every(({ msg }) => !msg.body && !msg.options);
}

/** The first call and the first ok return of a message, by their lines; only of those that were tried once. */
function onlyTry(run: SimulatedRun, { senderId, clientMsgId, conversationId, messageId }: SeenMessage) {
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

const wrongOrder =
  (
    test: (a: NonNullable<ReturnType<typeof onlyTry>>, b: NonNullable<ReturnType<typeof onlyTry>>, run: SimulatedRun) => boolean,
  ): Corruption =>
  (run) => {
    for (const conversation of run.documents.conversations) {
      const { messages } = run.server.of(conversation.seq._id);
      for (let low = 1; low < Math.min(messages.length, 99); low += 1) {
        const a = onlyTry(run, messages[low - 1]!);
        const b = onlyTry(run, messages[low]!);
        if (!a || !b || !plain(conversation, low) || !test(a, b, run)) continue;
        swapEverywhere(run, conversation, low);
        return true;
      }
    }
    return false;
  };

function sameSocket(
  a: NonNullable<ReturnType<typeof onlyTry>>,
  b: NonNullable<ReturnType<typeof onlyTry>>,
  { lines }: SimulatedRun,
): boolean {
  const client = a.call.client;
  if (a.over !== 'socket' || b.over !== 'socket' || b.call.client !== client || a.from > b.from) return false;
  return !lines.slice(a.from, b.from).some((line) => line.kind === 'socket' && line.client === client);
}

/** A message that a device was given by one push and nothing else, over the connection that it still has. */
function onlyPushed({ lines }: SimulatedRun): MessagePush | undefined {
  return lines.filter(isMessagePush).find((push) => {
    const { client } = push;
    const mine = (line: HistoryLine): boolean => 'client' in line && line.client === client;
    const tries = lines.filter(
      (line) =>
        line.kind === 'call' &&
        line.operation.type === 'send' &&
        line.operation.clientMsgId === push.push.clientMsgId &&
        line.client.userId === push.push.senderId,
    );
    const open = lines.findLastIndex((line) => line.kind === 'socket' && mine(line));
    if (!push.push.conversationId.startsWith('si_') || tries.some((line) => mine(line) || lines.indexOf(line) < open)) return false;
    return !lines.some((line) => {
      if (line.kind === 'push' && line !== push && mine(line))
        return line.push.type === 'hint' && line.push.conversationId === push.push.conversationId && line.push.maxSeq >= push.push.seq;
      if (!answers('history')(line) || callOf(lines, line).client !== client) return false;
      return line.answer.items.some(({ messageId }) => messageId === push.push.messageId);
    });
  });
}

function remove(lines: HistoryLine[], line: HistoryLine): void {
  lines.splice(lines.indexOf(line), 1);
}

export const CORRUPTIONS: readonly Named[] = [
  {
    name: 'a slot removed',
    breaks: ['dense-seqs'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 2);
      conversation?.buckets[0]!.msgs.splice(random.below(conversation.seq.max_seq), 1);
      return conversation !== undefined;
    },
  },
  {
    name: 'two slots swapped',
    breaks: ['dense-seqs'],
    spoil: (run, random) => {
      const msgs = pickConversation(run, random, 2)?.buckets[0]!.msgs;
      const at = msgs ? random.below(msgs.length - 1) : 0;
      if (msgs) [msgs[at], msgs[at + 1]] = [msgs[at + 1]!, msgs[at]!];
      return msgs !== undefined;
    },
  },
  {
    name: 'two messages swapped everywhere, of which one was answered before the other was sent',
    breaks: ['real-time-order'],
    spoil: wrongOrder((a, b) => a.back < b.from),
  },
  {
    name: 'two messages swapped everywhere, sent one after the other on one socket',
    breaks: ['socket-order'],
    spoil: wrongOrder((a, b, run) => b.from < a.back && sameSocket(a, b, run)),
  },
  {
    name: 'a message stored twice',
    breaks: ['once-per-id'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 1);
      if (!conversation || conversation.seq.max_seq === 100) return false;
      const { msgs } = conversation.buckets[0]!;
      const twin = structuredClone(random.pick(msgs.filter(({ msg }) => !msg.body).concat(msgs.slice(0, 1))));
      if (twin.msg.body) return false;
      Object.assign(twin.msg, { seq: conversation.seq.max_seq + 1, counted: conversation.seq.counted });
      msgs.push(twin);
      conversation.seq.max_seq += 1;
      return true;
    },
  },
  {
    name: 'a seq used again',
    breaks: ['dense-seqs'],
    spoil: (run, random) => {
      const msgs = pickConversation(run, random, 2)?.buckets[0]!.msgs;
      const at = msgs ? 1 + random.below(msgs.length - 1) : 0;
      if (msgs) msgs[at]!.msg.seq = at;
      return msgs !== undefined;
    },
  },
  {
    name: 'a push to a stranger',
    breaks: ['inside-the-window'],
    spoil: (run) => {
      const found = stranger(run);
      if (found)
        run.lines.push({
          kind: 'push',
          at: 0,
          client: { userId: found.userId, deviceId: 'd1' },
          push: { type: 'message', ...seenOf(found.message) },
        });
      return found !== undefined;
    },
  },
  {
    name: 'a push to a former member of what came after he had gone',
    breaks: ['inside-the-window'],
    spoil: (run) => {
      const found = former(run);
      if (found)
        run.lines.splice(found.at, 0, {
          kind: 'push',
          at: 0,
          client: { userId: found.userId, deviceId: 'd1' },
          push: { type: 'message', ...seenOf(found.message) },
        });
      return found !== undefined;
    },
  },
  {
    name: 'a page for a stranger',
    breaks: ['inside-the-window'],
    spoil: (run) => {
      const found = stranger(run);
      if (!found) return false;
      const { userId, message } = found;
      const { conversationId, seq } = message;
      const answer: Answer = { type: 'history', items: [seenOf(message)], minSeq: 1, maxSeq: seq, complete: true };
      addCall(
        run,
        { userId, deviceId: 'd1' },
        { type: 'history', conversationId, range: { fromSeq: seq, toSeq: seq } },
        { outcome: 'ok', answer },
      );
      return true;
    },
  },
  {
    name: 'a page from before the window',
    breaks: ['inside-the-window'],
    spoil: (run, random) => {
      const late = run.documents.windows.filter(
        ({ closed, min_seq, conversation_id }) => !closed && min_seq > 1 && min_seq <= run.server.of(conversation_id).messages.length,
      );
      if (late.length === 0) return false;
      const { user_id, conversation_id, min_seq } = random.pick(late);
      const { messages } = run.server.of(conversation_id);
      const items = [seenOf(messages[min_seq - 2]!)];
      const answer = { type: 'history', items, minSeq: min_seq - 1, maxSeq: messages.length, complete: true } as const;
      const range = { fromSeq: min_seq - 1, toSeq: min_seq - 1 };
      addCall(
        run,
        { userId: user_id, deviceId: 'd1' },
        { type: 'history', conversationId: conversation_id, range },
        { outcome: 'ok', answer },
      );
      return true;
    },
  },
  {
    name: 'a preview from outside the window',
    breaks: ['inside-the-window'],
    spoil: (run) => {
      const found = stranger(run);
      if (!found) return false;
      const { conversationId, seq } = found.message;
      const item = { conversationId, maxSeq: seq, readSeq: seq, unread: 0, previewSeq: seq };
      addCall(run, { userId: found.userId, deviceId: 'd1' }, { type: 'list' }, { outcome: 'ok', answer: { type: 'list', items: [item] } });
      return true;
    },
  },
  {
    name: 'a preview from before the window',
    breaks: ['inside-the-window'],
    spoil: (run, random) => {
      const after = run.lines.findIndex(({ kind }) => kind === 'mark');
      const late = new Set(run.documents.windows.flatMap(({ _id, closed, min_seq }) => (!closed && min_seq > 1 ? [_id] : [])));
      const rows = run.lines
        .slice(after)
        .filter(answers('list'))
        .flatMap((line) => {
          return line.answer.items.filter(({ conversationId }) => late.has(`${callOf(run.lines, line).client.userId}|${conversationId}`));
        });
      if (rows.length === 0) return false;
      random.pick(rows).previewSeq = 1;
      return true;
    },
  },
  {
    name: 'a stored cursor set back',
    breaks: ['cursors-forward'],
    spoil: (run, random) => {
      const told = run.lines.filter(answers('list')).flatMap((line) => {
        const { userId } = callOf(run.lines, line).client;
        return line.answer.items
          .filter(({ readSeq }) => readSeq > 0)
          .map(({ conversationId, readSeq }) => ({ id: `${userId}|${conversationId}`, readSeq, conversationId }));
      });
      if (told.length === 0) return false;
      const { id, readSeq, conversationId } = random.pick(told);
      const window = run.documents.windows.find(({ _id }) => _id === id)!;
      const { messages } = run.server.of(conversationId);
      Object.assign(window, { read_seq: readSeq - 1, read_counted: messages[readSeq - 2]?.counted ?? 0 });
      return true;
    },
  },
  {
    name: 'an answer with a lower cursor',
    breaks: ['cursors-forward'],
    spoil: (run, random) => {
      const read = pickLine(
        run.lines,
        random,
        answers('read', ({ answer }) => answer.readSeq > 0),
      );
      const operation = read && callOf(run.lines, read).operation;
      if (!read || operation?.type !== 'read' || operation.seq === 0) return false;
      read.answer.readSeq = operation.seq - 1;
      return true;
    },
  },
  {
    name: 'an answer with a wrong seq',
    breaks: ['stored-as-answered'],
    spoil: (run, random) => {
      const sent = pickLine(run.lines, random, answers('send'));
      if (sent) sent.answer.seq += random.chance(0.5) ? 1 : -1;
      return sent !== undefined;
    },
  },
  {
    name: 'an answer with a wrong message id',
    breaks: ['stored-as-answered'],
    spoil: (run, random) => {
      const sent = pickLine(run.lines, random, answers('send'));
      if (sent) sent.answer.messageId = `x${sent.answer.messageId.slice(1)}x`;
      return sent !== undefined;
    },
  },
  {
    name: 'a replay that repeats nothing',
    breaks: ['once-per-id'],
    spoil: (run, random) => {
      const sent = pickLine(
        run.lines,
        random,
        answers('send', (line) => onlyTry(run, ownOf(run, line)) !== undefined),
      );
      if (sent) sent.answer.replayed = true;
      return sent !== undefined;
    },
  },
  {
    name: 'a replay that calls itself new',
    breaks: ['once-per-id'],
    spoil: (run, random) => {
      const fresh = new Set(run.lines.filter(answers('send', ({ answer }) => !answer.replayed)).map(({ answer }) => answer.messageId));
      const sent = pickLine(
        run.lines,
        random,
        answers('send', ({ answer }) => answer.replayed && fresh.has(answer.messageId)),
      );
      if (sent) sent.answer.replayed = false;
      return sent !== undefined;
    },
  },
  {
    name: 'another content under the same id, answered as stored',
    breaks: ['stored-as-answered'],
    spoil: (run, random) => {
      const sent = pickLine(run.lines, random, answers('send'));
      if (!sent) return false;
      const { client, operation } = callOf(run.lines, sent);
      if (operation.type !== 'send') return false;
      addCall(run, client, { ...operation, digest: 'another' }, { outcome: 'ok', answer: { ...sent.answer, replayed: true } });
      return true;
    },
  },
  {
    name: 'a refused send that is stored',
    breaks: ['refused-is-not-stored'],
    spoil: (run, random) => {
      const sent = pickLine(
        run.lines,
        random,
        answers('send', (line) => onlyTry(run, ownOf(run, line)) !== undefined),
      );
      if (!sent) return false;
      Object.assign(sent, { outcome: 'refused', code: 'too_large' });
      delete (sent as Partial<ReturnLine>).answer;
      return true;
    },
  },
  {
    name: 'a message that nobody sent',
    breaks: ['nothing-invented'],
    spoil: (run, random) => append(run, random, { clientMsgId: 'nobody', text: 'boo' }),
  },
  {
    name: 'an altered content',
    breaks: ['nothing-invented'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 1);
      const slot = conversation && random.pick(slotsOf(conversation));
      if (!slot || slot.msg.body) return false;
      slot.msg.content = JSON.stringify({ text: 'altered' });
      return true;
    },
  },
  {
    name: 'another content in a page',
    breaks: ['seen-as-stored'],
    spoil: (run, random) => {
      const page = pickLine(
        run.lines,
        random,
        answers('history', ({ answer }) => answer.items.length > 0),
      );
      if (page) random.pick(page.answer.items).digest = 'another';
      return page !== undefined;
    },
  },
  {
    name: 'two pushes out of order',
    breaks: ['delivered-in-order'],
    spoil: (run, random) => {
      const pair = neighbours(run.lines, random);
      if (pair) [run.lines[pair[0]], run.lines[pair[1]]] = [run.lines[pair[1]]!, run.lines[pair[0]]!];
      return pair !== undefined;
    },
  },
  {
    name: 'a push that comes twice',
    breaks: ['delivered-in-order'],
    spoil: (run, random) => {
      const push = pickLine(run.lines, random, isMessagePush);
      if (push) run.lines.splice(run.lines.indexOf(push) + 1, 0, structuredClone(push));
      return push !== undefined;
    },
  },
  {
    name: 'a message that a device never gets',
    breaks: ['delivered-completely'],
    spoil: (run) => {
      const push = onlyPushed(run);
      if (push) remove(run.lines, push);
      return push !== undefined;
    },
  },
  {
    name: 'a message that a connected device must fetch by itself',
    breaks: ['pushed-while-connected'],
    spoil: (run) => {
      const push = onlyPushed(run);
      if (!push) return false;
      remove(run.lines, push);
      const { conversationId, seq } = push.push;
      const answer: Answer = {
        type: 'history',
        items: [seenOf(push.push)],
        minSeq: 1,
        maxSeq: run.server.of(conversationId).messages.length,
        complete: true,
      };
      addCall(run, push.client, { type: 'history', conversationId, range: { fromSeq: seq, toSeq: seq } }, { outcome: 'ok', answer });
      return true;
    },
  },
  {
    name: 'a page that lies about being all',
    breaks: ['honest-pages'],
    spoil: (run, random) => {
      const page = pickLine(run.lines, random, answers('history'));
      if (page) page.answer.complete = !page.answer.complete;
      return page !== undefined;
    },
  },
  {
    name: 'a page with a gap',
    breaks: ['honest-pages'],
    spoil: (run, random) => {
      const page = pickLine(
        run.lines,
        random,
        answers('history', ({ answer }) => answer.items.length > 2),
      );
      page?.answer.items.splice(1, 1);
      return page !== undefined;
    },
  },
  {
    name: 'a key without its slot',
    breaks: ['keys-match-slots'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 1);
      const _id = new Binary(messageKey((conversation?.seq._id ?? '') as ConversationId, 'ann', 'gone'));
      conversation?.keys.push({ _id, place: 1, result: 1, time: 1, payload_hash: 'x' });
      return conversation !== undefined;
    },
  },
  {
    name: 'a slot without its key',
    breaks: ['keys-match-slots'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 1);
      conversation?.keys.splice(random.below(conversation.seq.max_seq), 1);
      return conversation !== undefined;
    },
  },
  {
    name: 'a body that is gone',
    breaks: ['bodies-match-slots'],
    spoil: ({ documents }) => documents.conversations.some(({ bodies }) => bodies.pop() !== undefined),
  },
  {
    name: 'a wrong count',
    breaks: ['sound-storage'],
    spoil: (run, random) => {
      const conversation = pickConversation(run, random, 1);
      if (conversation) random.pick(slotsOf(conversation)).msg.counted += 1;
      return conversation !== undefined;
    },
  },
  {
    name: 'an answered message that is lost',
    breaks: ['stored-as-answered'],
    spoil: (run, random) => {
      const answered = new Set(run.lines.filter(answers('send')).map(({ answer }) => answer.messageId));
      const found = run.documents.conversations.filter(
        (each) => each.seq.max_seq <= 100 && answered.has(slotsOf(each).at(-1)?.msg.id ?? ''),
      );
      if (found.length > 0) dropLast(random.pick(found));
      return found.length > 0;
    },
  },
  {
    name: 'an answer that forgets the last message',
    breaks: ['nothing-disappears'],
    spoil: (run, random) => {
      const after = run.lines.findIndex(({ kind }) => kind === 'mark');
      const list = pickLine(
        run.lines.slice(after),
        random,
        answers('list', ({ answer }) => answer.items.some(({ maxSeq }) => maxSeq > 0)),
      );
      const row = list?.answer.items.find(({ maxSeq }) => maxSeq > 0);
      if (row) row.maxSeq -= 1;
      return row !== undefined;
    },
  },
  {
    name: 'a sync that leaves a conversation out',
    breaks: ['sync-tells-all'],
    spoil: (run, random) => {
      const found = run.lines.filter(answers('sync')).flatMap((line) => {
        const { client } = callOf(run.lines, line);
        const at = run.lines.indexOf(callOf(run.lines, line));
        const known = (id: string) =>
          run.lines.slice(0, at).some((each) => answers('send')(each) && each.answer.conversationId === id && each.answer.seq > 0);
        const cursors = (callOf(run.lines, line).operation as { cursors: Record<string, number> }).cursors;
        const index = line.answer.moved.findIndex(
          ({ conversationId }) => conversationId.startsWith('si_') && (cursors[conversationId] ?? 0) === 0 && known(conversationId),
        );
        return index < 0 ? [] : [{ line, index, client }];
      });
      if (found.length === 0) return false;
      const { line, index } = random.pick(found);
      line.answer.moved.splice(index, 1);
      return true;
    },
  },
  {
    name: 'a wrong unread count',
    breaks: ['true-lists'],
    spoil: (run, random) => {
      const list = pickLine(
        run.lines,
        random,
        answers('list', ({ answer }) => answer.items.length > 0),
      );
      if (list) random.pick(list.answer.items).unread += 1;
      return list !== undefined;
    },
  },
  {
    name: 'a member who is refused',
    breaks: ['members-may'],
    spoil: (run, random) => {
      const sent = pickLine(
        run.lines,
        random,
        answers('send', ({ answer }) => answer.conversationId.startsWith('si_')),
      );
      if (!sent) return false;
      Object.assign(sent, { outcome: 'refused', code: 'not_a_member' });
      delete (sent as Partial<ReturnLine>).answer;
      return true;
    },
  },
  {
    name: 'an entry that waits in an outbox',
    breaks: ['outboxes-empty'],
    spoil: ({ documents }) => documents.waiting.push('group_outbox g1|1') > 0,
  },
  {
    name: 'a member without a window',
    breaks: ['members-have-windows'],
    spoil: ({ documents }, random) => {
      const group = documents.groups.length > 0 && random.pick(documents.groups);
      if (group) for (const list of [group.members, group.joined]) list.push('eve');
      return Boolean(group);
    },
  },
  {
    name: 'progress of two logs',
    breaks: ['sound-storage'],
    spoil: ({ documents }) => documents.progress.push({ _id: 'message.send.v1/1', log: 'another', epoch: 0, offset: 3 }) > 0,
  },
];

/** The message that an answer is about. */
function ownOf(run: SimulatedRun, line: Answered<'send'>): SeenMessage {
  return run.server.of(line.answer.conversationId).messages[line.answer.seq - 1]!;
}
