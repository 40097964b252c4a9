import {
  LIMITS,
  parseConversationId,
  problem,
  type Message,
  type MessageStored,
  type ParsedConversation,
  type SendAnswer,
  type SendMessage,
  type Seq,
} from '#contracts';
import type { AppError } from '#kernel';
import type { InboundRecord } from './command.js';
import type { Refused, Stored } from './decision.js';
import { messageIdOf, payloadHash } from './message-key.js';
import { previewOf } from './preview.js';
import type { ConversationFacts, KeyFacts, TrainFacts } from './train-state.js';

const NEW_CONVERSATION: ConversationFacts = { maxSeq: 0 as Seq, counted: 0, dismissed: false, last: undefined };

export function decideSend(record: InboundRecord, send: SendMessage, facts: TrainFacts): Stored | Refused {
  const { conversationId } = send;
  const before = facts.conversation(conversationId);
  const error = refusal(send, before, facts);
  if (error) return { kind: 'refused', record, error };

  const conversation = before ?? NEW_CONVERSATION;
  const seq = (conversation.maxSeq + 1) as Seq;
  const key = { place: record.place, result: seq, time: record.time, payloadHash: payloadHash(send) };
  const { event, answer } = sendOutcome(record, send, key);
  const counted = conversation.counted + (send.options?.unreadCount === false ? 0 : 1);
  const last = send.options?.conversationUpdate === false ? conversation.last : previewOf(event.message);
  const after = { ...conversation, maxSeq: seq, counted, last };
  return { kind: 'stored', record, conversationId, before, after, key, event, answer, counted, message: event.message };
}

/** What a stored send says to everyone and to its sender: a function of its record and its key alone, so that it can be said again. */
export function sendOutcome(record: InboundRecord, send: SendMessage, key: KeyFacts): { event: MessageStored; answer: SendAnswer } {
  const messageId = messageIdOf(Buffer.from(record.keyId, 'hex'));
  const { conversationId } = send;
  return {
    event: { kind: 'message', place: record.place, part: 0, message: messageOf(send, messageId, key) },
    answer: { conversationId, messageId, seq: key.result, sentAt: key.time, replayed: false },
  };
}

function refusal(send: SendMessage, conversation: ConversationFacts | undefined, facts: TrainFacts): AppError | undefined {
  const { conversationId, senderId } = send;
  if (Buffer.byteLength(send.content) > LIMITS.maxContentBytes) {
    return problem('payload_too_large', `the content is larger than ${LIMITS.maxContentBytes} bytes`);
  }
  const parsed = parseConversationId(conversationId);
  if (parsed?.kind === 'direct' && parsed.members.includes(senderId)) return undefined;
  if (parsed?.kind !== 'group' || facts.window(conversationId, senderId)?.open !== true) {
    return problem('not_a_member', `${senderId} is not a member of ${conversationId}`);
  }
  if (conversation?.dismissed) return problem('group_dismissed', `group ${parsed.groupId} was dismissed`);
  return undefined;
}

function messageOf(send: SendMessage, messageId: string, key: KeyFacts): Message {
  const { conversationId, clientMsgId, senderId, senderNickname, senderAvatar, type, content, createdAt } = send;
  return {
    conversationId,
    seq: key.result,
    messageId,
    clientMsgId,
    senderId,
    ...(send.senderDeviceId !== undefined && { senderDeviceId: send.senderDeviceId }),
    ...(send.senderPlatform !== undefined && { senderPlatform: send.senderPlatform }),
    senderNickname,
    senderAvatar,
    ...receiver(send, parseConversationId(conversationId)),
    type,
    content,
    ...(send.mentions?.length && { mentions: send.mentions }),
    ...(send.options && { options: send.options }),
    ...(send.ex !== undefined && { ex: send.ex }),
    sentAt: key.time,
    createdAt,
    status: 'sent',
  };
}

function receiver(send: SendMessage, parsed: ParsedConversation | undefined): Pick<Message, 'sessionType' | 'receiverId' | 'groupId'> {
  if (parsed?.kind === 'group') return { sessionType: 'group', groupId: parsed.groupId };
  if (parsed?.kind !== 'direct') return { sessionType: 'notification' };
  const [a, b] = parsed.members;
  return { sessionType: 'direct', receiverId: a === send.senderId ? b : a };
}
