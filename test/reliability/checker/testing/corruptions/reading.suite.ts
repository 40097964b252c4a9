import type { Answer, HistoryLine, PushLine } from '../../../history/history.js';
import type { Random } from '../random.suite.js';
import type { SimulatedRun } from '../simulated-run.suite.js';
import { type Named, pickLine, answers, callOf, type MessagePush, isMessagePush, addCall, seenOf, remove } from './corruption.suite.js';

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

export const SPOILT_READING: readonly Named[] = [
  {
    name: 'a call that failed for a fault of the server',
    breaks: ['honest-errors'],
    spoil: (run, random) => {
      const call = pickLine(run.lines, random, (line) => line.kind === 'call');
      if (call) addCall(run, call.client, call.operation, { outcome: 'unknown', code: random.pick(['internal', 'http_503']) });
      return call !== undefined;
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
];
