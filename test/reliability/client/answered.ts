import { digestOf } from '../history/digest.js';
import type { Answer, ListedConversation, Operation, Push, SeenMessage } from '../history/history.js';

interface WireMessage extends Omit<SeenMessage, 'digest'> {
  content: unknown;
}

interface WireConversation extends Omit<ListedConversation, 'previewSeq'> {
  latest: { seq: number } | null;
}

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { type: Type }>;

/** What the history keeps of an answer to the operation: the fields that are checked, and no others. */
export function answerOf({ type }: Operation, data: unknown): Answer {
  switch (type) {
    case 'send': {
      const { conversationId, seq, messageId, replayed } = data as AnswerOf<'send'>;
      return { type, conversationId, seq, messageId, replayed };
    }
    case 'read': {
      const { readSeq, unread } = data as AnswerOf<'read'>;
      return { type, readSeq, unread };
    }
    case 'history': {
      const { items, minSeq, maxSeq, complete } = data as { items: WireMessage[] } & Omit<AnswerOf<'history'>, 'items'>;
      return { type, items: items.map(seenMessage), minSeq, maxSeq, complete };
    }
    case 'sync':
      return syncAnswer(data);
    case 'list':
      return { type, items: (data as { items: WireConversation[] }).items.map(listed) };
    default:
      return { type: 'done' };
  }
}

/** Of a `sync`, and of a `connect` with `resume`. */
export function syncAnswer(data: unknown): AnswerOf<'sync'> {
  const { moved, complete, next } = data as Omit<AnswerOf<'sync'>, 'next'> & { next?: string | null };
  const items = moved.map(({ conversationId, minSeq, maxSeq, readSeq }) => ({ conversationId, minSeq, maxSeq, readSeq }));
  return { type: 'sync', moved: items, complete, ...(typeof next === 'string' && { next }) };
}

/** Undefined for pushes that say nothing of conversations. */
export function pushOf(type: string, data: unknown): Push | undefined {
  switch (type) {
    case 'message':
      return { type, ...seenMessage(data as WireMessage) };
    case 'hint': {
      const { conversationId, maxSeq } = data as { conversationId: string; maxSeq: number };
      return { type, conversationId, maxSeq };
    }
    case 'conversation.closed':
    case 'conversation.dismissed': {
      const { conversationId, maxSeq } = data as { conversationId: string; maxSeq: number };
      return { type: type === 'conversation.closed' ? 'closed' : 'dismissed', conversationId, maxSeq };
    }
    case 'conversation.opened': {
      const { conversationId, minSeq, maxSeq } = data as { conversationId: string; minSeq: number; maxSeq: number };
      return { type: 'opened', conversationId, minSeq, maxSeq };
    }
    case 'resync':
      return { type, reason: (data as { reason: string }).reason };
    default:
      return undefined;
  }
}

function seenMessage({ conversationId, seq, messageId, senderId, clientMsgId, content }: WireMessage): SeenMessage {
  return { conversationId, seq, messageId, senderId, clientMsgId, digest: digestOf(content) };
}

function listed({ conversationId, maxSeq, readSeq, unread, latest }: WireConversation): ListedConversation {
  return { conversationId, maxSeq, readSeq, unread, ...(latest && { previewSeq: latest.seq }) };
}
