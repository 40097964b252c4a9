import { Binary } from 'mongodb';
import type { ConversationDocuments } from '../documents.suite.js';
import { keyOf, messageOf } from '../documents.suite.js';
import { toSlot } from '../../../../../apps/message/src/store/message-slot.mapper.js';
import { messageKey, messageIdOf } from '../../../../../apps/message/src/train/message-key.js';
import type { ConversationId } from '#contracts';
import type { Random } from '../random.suite.js';
import type { SimulatedRun } from '../simulated-run.suite.js';
import { digestOf } from '../../../history/digest.js';
import { type Named, slotsOf, pickConversation, answers, callOf } from './corruption.suite.js';

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

export const SPOILT_STORED: readonly Named[] = [
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
