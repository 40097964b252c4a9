import type { Answer, CallLine, ReturnLine, SeenMessage } from '../../../history/history.js';
import type { SimulatedRun } from '../simulated-run.suite.js';
import { type Named, pickLine, answers, callOf, isMessagePush, addCall, seenOf } from './corruption.suite.js';

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

export const SPOILT_WINDOWS: readonly Named[] = [
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
];
