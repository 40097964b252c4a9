import { parseConversationId, placeOf, type StoredEvent } from '#contracts';
import { messageIdOf } from '../../../../apps/message/src/train/message-key.js';
import { contentOf, conversationOf, type Entry, FIRST_TIME, keyIdOf } from '../small-log.js';
import { emptyView, keyText, messageText, type StoredView } from './partition-view.js';
import { eventText, ruleAnswerText, sendAnswerText } from './signatures.js';

type Send = Entry & { kind: 'send' | 'cursed' };
type Rule = Entry & { kind: 'open' | 'close' | 'dismiss' };

interface FirstDecision {
  answer: string;
  content: string;
}

export interface TrueEvent {
  offset: number;
  event: StoredEvent;
  text: string;
}

/**
 * What must come of the records of one partition, told a second time and as plainly as possible: one record after the other, no
 * trains, no caches, nothing of the product's deciding code.
 */
export class PartitionTruth {
  /** What is stored when so many records are decided. */
  readonly views: StoredView[] = [emptyView()];
  /** What the sender of each record is told, if he is told anything. */
  readonly answers: string[] = [];
  /** What everybody hears, in order. */
  readonly events: TrueEvent[] = [];
  /** Offsets of what no train can decide. */
  readonly setAside: number[] = [];

  private readonly first = new Map<string, FirstDecision>();
  private view: StoredView = emptyView();

  constructor(entries: readonly Entry[]) {
    entries.forEach((entry, offset) => {
      this.view = structuredClone(this.view);
      this.answers.push(this.decide(entry, offset));
      this.views.push(this.view);
    });
  }

  get end(): number {
    return this.answers.length;
  }

  private decide(entry: Entry, offset: number): string {
    if (entry.kind === 'garbage') {
      this.setAside.push(offset);
      return 'refused: invalid_request';
    }
    const known = this.first.get(keyIdOf(entry) ?? '');
    const content = 'from' in entry ? contentOf(entry) : '';
    if (known) return known.content === content ? known.answer : 'refused: idempotency_key_reused';
    const refused = 'from' in entry ? this.refusal(entry) : undefined;
    if (refused) return refused;
    if (entry.kind === 'cursed') {
      this.setAside.push(offset);
      return 'refused: internal';
    }
    const answer = entry.kind === 'send' ? this.store(entry, offset) : this.apply(entry, offset);
    this.first.set(keyIdOf(entry) ?? '', { answer, content });
    return answer;
  }

  private refusal(send: Send): string | undefined {
    const conversation = parseConversationId(send.to);
    if (conversation?.kind === 'direct') return undefined;
    if (!this.view.windows[`${send.from}|${send.to}`]?.open) return 'refused: not_a_member';
    return this.view.conversations[send.to]?.dismissed ? 'refused: group_dismissed' : undefined;
  }

  private store(send: Send & { kind: 'send' }, offset: number): string {
    const place = placeOf(0, offset);
    const created = !this.view.conversations[send.to];
    const conversation = this.conversation(send.to);
    const seq = (conversation.maxSeq += 1);
    conversation.counted += 1;
    conversation.last = seq;
    const message = { sender: send.from, id: send.id, content: contentOf(send), sentAt: FIRST_TIME + offset, counted: seq };
    (this.view.messages[send.to] ??= []).push(messageText(message));
    const parsed = parseConversationId(send.to);
    if (created && parsed?.kind === 'direct') {
      for (const user of parsed.members) this.view.windows[`${user}|${send.to}`] = { open: true, minSeq: 1, changedAt: place };
    }
    const keyId = this.keep(send, offset, seq);
    const { content, sentAt } = message;
    const event = { conversationId: send.to, seq, senderId: send.from, clientMsgId: send.id, content, sentAt };
    this.say(offset, { kind: 'message', place, part: 0, message: event } as unknown as StoredEvent);
    return sendAnswerText({ seq, messageId: messageIdOf(Buffer.from(keyId, 'hex')), sentAt });
  }

  private apply(rule: Rule, offset: number): string {
    const place = placeOf(0, offset);
    const conversation = this.conversation(rule.group);
    const { maxSeq } = conversation;
    const at = { place, part: 0, conversationId: rule.group, maxSeq };
    if (rule.kind === 'dismiss') {
      conversation.dismissed = true;
      this.say(offset, { kind: 'conversation.dismissed', ...at } as unknown as StoredEvent);
    } else {
      const open = rule.kind === 'open';
      const minSeq = rule.history === 'all' ? 1 : maxSeq + 1;
      this.say(offset, {
        kind: open ? 'windows.opened' : 'windows.closed',
        ...at,
        userIds: rule.users,
        ...(open && { minSeq }),
      } as unknown as StoredEvent);
      for (const user of rule.users) this.setWindow(`${user}|${rule.group}`, open, minSeq, place);
    }
    this.keep(rule, offset, maxSeq);
    return ruleAnswerText(maxSeq);
  }

  private setWindow(id: string, open: boolean, minSeq: number, changedAt: number): void {
    const before = this.view.windows[id];
    if ((before?.open ?? false) === open) return;
    this.view.windows[id] = { open, minSeq: open ? minSeq : (before?.minSeq ?? 1), changedAt };
  }

  private conversation(id: string) {
    return (this.view.conversations[id] ??= { maxSeq: 0, counted: 0, dismissed: false, last: 0 });
  }

  private keep(entry: Entry, offset: number, result: number): string {
    const keyId = keyIdOf(entry) ?? conversationOf(entry);
    this.view.keys[keyId] = keyText({ place: placeOf(0, offset), result, time: FIRST_TIME + offset });
    return keyId;
  }

  private say(offset: number, event: StoredEvent): void {
    this.events.push({ offset, event, text: eventText(event) });
  }
}
