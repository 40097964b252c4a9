import { type HistoryRule, parseConversationId, problem, type Seq, type StoredEvent, type UserId, type WindowsAnswer } from '#contracts';
import type { InboundRecord, MessageCommand } from './command.js';
import type { Refused, Ruled, WindowChange } from './decision.js';
import type { ConversationFacts, KeyFacts, TrainFacts } from './train-state.js';

type Rule = Exclude<MessageCommand, { kind: 'send' }>;

const EMPTY: ConversationFacts = { maxSeq: 0 as Seq, counted: 0, dismissed: false, last: undefined };

export function decideRule(record: InboundRecord, rule: Rule, facts: TrainFacts): Ruled | Refused {
  const { conversationId } = rule.body;
  if (parseConversationId(conversationId)?.kind !== 'group') {
    return { kind: 'refused', record, error: problem('invalid_request', `${conversationId} is no group: it has no rules`) };
  }
  const before = facts.conversation(conversationId);
  const after = { ...(before ?? EMPTY), ...(rule.kind === 'dismiss' && { dismissed: true }) };
  const key = { place: record.place, result: after.maxSeq, time: record.time, payloadHash: '' };
  return {
    kind: 'ruled',
    record,
    conversationId,
    before,
    after,
    key,
    windows: changes(rule, after, facts),
    ...ruleOutcome(record, rule, key),
  };
}

/**
 * What a rule says to everyone and to the service that decided it: a function of its record and its key alone, so that it can be
 * said again. It names every user of the command; who had such a window already keeps it as it was, at the consumers too.
 */
export function ruleOutcome(record: InboundRecord, rule: Rule, key: KeyFacts): { event: StoredEvent; answer: WindowsAnswer } {
  const at = { place: record.place, part: 0, conversationId: rule.body.conversationId, maxSeq: key.result };
  const answer = { maxSeq: key.result };
  switch (rule.kind) {
    case 'open':
      return {
        answer,
        event: { kind: 'windows.opened', ...at, userIds: rule.body.userIds, minSeq: firstSeq(rule.body.history, key.result) },
      };
    case 'close':
      return { answer, event: { kind: 'windows.closed', ...at, userIds: rule.body.userIds } };
    case 'dismiss':
      return { answer, event: { kind: 'conversation.dismissed', ...at } };
  }
}

function changes(rule: Rule, conversation: ConversationFacts, facts: TrainFacts): WindowChange[] {
  if (rule.kind === 'dismiss') return [];
  const { conversationId } = rule.body;
  const window = (userId: UserId) => facts.window(conversationId, userId);
  const users = [...new Set(rule.body.userIds)];
  if (rule.kind === 'open') {
    const minSeq = firstSeq(rule.body.history, conversation.maxSeq);
    return users.filter((user) => window(user)?.open !== true).map((userId) => ({ userId, open: true, minSeq }));
  }
  return users
    .filter((user) => window(user)?.open)
    .map((userId) => ({ userId, open: false, minSeq: window(userId)?.minSeq ?? (1 as Seq) }));
}

function firstSeq(history: HistoryRule, maxSeq: Seq): Seq {
  return (history === 'all' ? 1 : maxSeq + 1) as Seq;
}
