import type { ReturnLine, SeenMessage } from '../../../history/history.js';
import type { ConversationDocuments } from '../documents.suite.js';
import { messageIdOf } from '../../../../../apps/message/src/train/message-key.js';
import type { SimulatedRun } from '../simulated-run.suite.js';
import {
  type Corruption,
  type Named,
  slotsOf,
  pickLine,
  answers,
  callOf,
  isMessagePush,
  addCall,
  seenOf,
  onlyTry,
  ownOf,
} from './corruption.suite.js';

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

export const SPOILT_SENDS: readonly Named[] = [
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
];
