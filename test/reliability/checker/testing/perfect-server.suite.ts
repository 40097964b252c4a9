import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import { digestOf } from '../../history/digest.js';
import type { Answer, ListedConversation, Operation, SeenMessage } from '../../history/history.js';
import { conversationOf } from '../run/target.js';
import { messageIdOf, messageKey } from '../../../../apps/message/src/train/message-key.js';
import type { ConversationId } from '#contracts';

export interface PerfectMessage extends SeenMessage {
  content: string;
  counts: boolean;
  shows: boolean;
  /** Messages that count as unread, up to and with this one. */
  counted: number;
  offset: number;
}

export interface PerfectWindow {
  open: boolean;
  minSeq: number;
  readSeq: number;
  changedAt: number;
}

export interface PerfectConversation {
  id: string;
  pair: readonly string[] | undefined;
  messages: PerfectMessage[];
  windows: Map<string, PerfectWindow>;
  history: 'join' | 'all';
  created: boolean;
  dismissed: boolean;
  /** Of the rules that were decided: `commandId`, offset, and the last seq before. */
  rules: { id: string; offset: number; result: number }[];
  members: Set<string>;
}

export interface Contents {
  content: object;
  counts: boolean;
  shows: boolean;
}

export type Outcome = { outcome: 'ok'; answer: Answer } | { outcome: 'refused'; code: string };

/** Hears what a server tells sockets. */
export interface Hearer {
  stored(message: PerfectMessage, conversation: PerfectConversation): void;
  opened(conversation: PerfectConversation, userId: string, minSeq: number): void;
  closed(conversation: PerfectConversation, userId: string): void;
}

const PAGE = 4;

/** A server that keeps every promise: each call takes effect at one moment, whole. */
export class PerfectServer {
  readonly conversations = new Map<string, PerfectConversation>();
  offset = 0;

  constructor(private readonly hearer: Hearer) {}

  send(userId: string, operation: Extract<Operation, { type: 'send' }>, { content, counts, shows }: Contents): Outcome {
    const id = conversationOf(operation.to, userId);
    const conversation = this.of(id);
    const { clientMsgId, digest } = operation;
    this.offset += 1;
    const first = conversation.messages.find((message) => message.senderId === userId && message.clientMsgId === clientMsgId);
    if (first && first.digest !== digest) return refused('idempotency_key_reused');
    if (first) return sent(first, true);
    if (conversation.pair ? !conversation.pair.includes(userId) : conversation.windows.get(userId)?.open !== true)
      return refused('not_a_member');
    if (conversation.dismissed) return refused('group_dismissed');
    const counted = (conversation.messages.at(-1)?.counted ?? 0) + (counts ? 1 : 0);
    const messageId = messageIdOf(messageKey(id as ConversationId, userId, clientMsgId));
    const named = {
      conversationId: id,
      seq: conversation.messages.length + 1,
      messageId,
      senderId: userId,
      clientMsgId,
      digest: digestOf(content),
    };
    const message = { ...named, content: JSON.stringify(content), counts, shows, counted, offset: this.offset };
    if (conversation.messages.length === 0) for (const member of conversation.pair ?? []) this.openPair(conversation, member);
    conversation.messages.push(message);
    this.hearer.stored(message, conversation);
    return sent(message, false);
  }

  /** A sender has read what he sent; it may come later, or never. */
  follow(userId: string, conversationId: string, seq: number): void {
    const window = this.of(conversationId).windows.get(userId);
    if (window) window.readSeq = Math.max(window.readSeq, seq);
  }

  create({ groupId, history, memberIds }: Extract<Operation, { type: 'create-group' }>, userId: string): Outcome {
    const conversation = this.of(groupConversation(groupId as GroupId));
    if (conversation.created) return done;
    conversation.created = true;
    conversation.history = history;
    return this.enter(groupId, [userId, ...memberIds], 'all');
  }

  enter(groupId: string, userIds: readonly string[], history?: 'all'): Outcome {
    const conversation = this.of(groupConversation(groupId as GroupId));
    if (!conversation.created) return refused('group_not_found');
    if (conversation.dismissed) return refused('group_dismissed');
    const entering = userIds.filter((userId) => !conversation.members.has(userId));
    if (entering.length === 0) return done;
    const max = conversation.messages.length;
    this.rule(conversation);
    for (const userId of entering) {
      conversation.members.add(userId);
      const minSeq = (history ?? conversation.history) === 'all' ? 1 : max + 1;
      const readSeq = Math.max(max, conversation.windows.get(userId)?.readSeq ?? 0);
      conversation.windows.set(userId, { open: true, minSeq, readSeq, changedAt: this.offset });
      this.hearer.opened(conversation, userId, minSeq);
    }
    return done;
  }

  exit(groupId: string, userId: string): Outcome {
    const conversation = this.of(groupConversation(groupId as GroupId));
    const window = conversation.windows.get(userId);
    if (!window || !conversation.members.delete(userId)) return refused('not_a_member');
    this.rule(conversation);
    Object.assign(window, { open: false, changedAt: this.offset });
    this.hearer.closed(conversation, userId);
    return done;
  }

  dismiss(groupId: string): Outcome {
    const conversation = this.of(groupConversation(groupId as GroupId));
    if (conversation.dismissed || !conversation.created) return refused('group_dismissed');
    this.rule(conversation);
    conversation.dismissed = true;
    return done;
  }

  read(userId: string, conversationId: string, seq: number): Outcome {
    const conversation = this.of(conversationId);
    const window = conversation.windows.get(userId);
    if (!window && conversation.pair) return refused('outside_window');
    if (!window?.open) return refused('not_a_member');
    if (seq > conversation.messages.length || seq < window.minSeq - 1) return refused('outside_window');
    window.readSeq = Math.max(window.readSeq, seq);
    return { outcome: 'ok', answer: { type: 'read', readSeq: window.readSeq, unread: unreadOf(conversation, window) } };
  }

  history(userId: string, { conversationId, range }: Extract<Operation, { type: 'history' }>): Outcome {
    const conversation = this.of(conversationId);
    const window = this.windowOf(conversation, userId);
    if (!window) return refused('not_a_member');
    const maxSeq = conversation.messages.length;
    const from = Math.max(range.fromSeq ?? 1, (range.afterSeq ?? 0) + 1, window.minSeq);
    const to = Math.min(range.toSeq ?? Infinity, (range.beforeSeq ?? Infinity) - 1, maxSeq);
    const all = from > to ? [] : conversation.messages.slice(from - 1, to);
    const keepsFirst = range.afterSeq !== undefined || range.fromSeq !== undefined;
    const page = keepsFirst ? all.slice(0, PAGE) : all.slice(-PAGE);
    const answer = { type: 'history', items: page.map(seen), minSeq: window.minSeq, maxSeq, complete: page.length === all.length } as const;
    return { outcome: 'ok', answer };
  }

  sync(userId: string, cursors: Readonly<Record<string, number>>): Outcome {
    const open = this.openOf(userId).map(({ conversation, window: { minSeq, readSeq } }) => {
      return { conversationId: conversation.id, minSeq, maxSeq: conversation.messages.length, readSeq };
    });
    const moved = open.filter(({ conversationId, minSeq, maxSeq }) => maxSeq >= minSeq && maxSeq > (cursors[conversationId] ?? 0));
    return { outcome: 'ok', answer: { type: 'sync', moved, complete: true } };
  }

  list(userId: string): Outcome {
    const items = this.openOf(userId).map(({ conversation, window }): ListedConversation => {
      const preview = previewOf(conversation);
      const { readSeq } = window;
      const row = {
        conversationId: conversation.id,
        maxSeq: conversation.messages.length,
        readSeq,
        unread: unreadOf(conversation, window),
      };
      return preview && preview.seq >= window.minSeq ? { ...row, previewSeq: preview.seq } : row;
    });
    return { outcome: 'ok', answer: { type: 'list', items } };
  }

  of(id: string): PerfectConversation {
    const found = this.conversations.get(id);
    if (found) return found;
    const pair = id.startsWith('si_') ? id.slice(3).split('_') : undefined;
    const flags = { history: 'join', created: false, dismissed: false } as const;
    const made: PerfectConversation = { id, pair, ...flags, messages: [], windows: new Map(), rules: [], members: new Set() };
    this.conversations.set(id, made);
    return made;
  }

  private openOf(userId: string) {
    return [...this.conversations.values()].flatMap((conversation) => {
      const window = conversation.windows.get(userId);
      return window?.open ? [{ conversation, window }] : [];
    });
  }

  private windowOf(conversation: PerfectConversation, userId: string): PerfectWindow | undefined {
    const window = conversation.windows.get(userId);
    if (window) return window.open ? window : undefined;
    return conversation.pair?.includes(userId) ? { open: true, minSeq: 1, readSeq: 0, changedAt: 0 } : undefined;
  }

  private openPair(conversation: PerfectConversation, userId: string): void {
    conversation.windows.set(userId, { open: true, minSeq: 1, readSeq: 0, changedAt: this.offset });
  }

  private rule(conversation: PerfectConversation): void {
    this.offset += 1;
    conversation.rules.push({ id: `rule-${this.offset}`, offset: this.offset, result: conversation.messages.length });
  }
}

export function previewOf({ messages }: PerfectConversation): PerfectMessage | undefined {
  return messages.filter(({ shows }) => shows).at(-1);
}

export function pairOf(a: string, b: string): string {
  return directConversation(a as UserId, b as UserId);
}

export function seen({ conversationId, seq, messageId, senderId, clientMsgId, digest }: PerfectMessage): SeenMessage {
  return { conversationId, seq, messageId, senderId, clientMsgId, digest };
}

const done = { outcome: 'ok', answer: { type: 'done' } } as const;

function refused(code: string): Outcome {
  return { outcome: 'refused', code };
}

function sent({ conversationId, seq, messageId }: PerfectMessage, replayed: boolean): Outcome {
  return { outcome: 'ok', answer: { type: 'send', conversationId, seq, messageId, replayed } };
}

function unreadOf({ messages }: PerfectConversation, { readSeq }: PerfectWindow): number {
  return (messages.at(-1)?.counted ?? 0) - (messages[readSeq - 1]?.counted ?? 0);
}
