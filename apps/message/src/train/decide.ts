import type { InboundRecord, UnreadableRecord } from './command.js';
import { decideRule, ruleOutcome } from './decide-rule.js';
import { decideSend, sendOutcome } from './decide-send.js';
import type { Decision } from './decision.js';
import { payloadHash } from './message-key.js';
import { isUnreadable } from './read-record.js';
import { type KeyFacts, TrainState, type TrainFacts } from './train-state.js';
import { problem } from '#contracts';

/** Decides the records of a train in the log's order: a pure function of the records and of what was loaded. */
export function decideTrain(records: readonly (InboundRecord | UnreadableRecord)[], loaded: TrainFacts): Decision[] {
  const state = new TrainState(loaded);
  return records.map((record) => {
    const decision = isUnreadable(record) ? ({ kind: 'dead', record } as const) : decide(record, state);
    apply(decision, state);
    return decision;
  });
}

/** One record: an id that is known gets its first answer, whatever its sender may do now; only then is anything admitted. */
function decide(record: InboundRecord, facts: TrainFacts): Decision {
  const key = facts.key(record.keyId);
  if (key) return decideKnown(record, key);
  if (record.redelivered) return { kind: 'passed', record };
  return record.command.kind === 'send' ? decideSend(record, record.command.body, facts) : decideRule(record, record.command, facts);
}

function decideKnown(record: InboundRecord, key: KeyFacts): Decision {
  if (key.place > record.place) return { kind: 'passed', record };
  const { command } = record;
  if (command.kind === 'send' && payloadHash(command.body) !== key.payloadHash) {
    const detail = `client message id ${command.body.clientMsgId} was used for another message of ${command.body.conversationId}`;
    return { kind: 'refused', record, error: problem('idempotency_key_reused', detail) };
  }
  const outcome = command.kind === 'send' ? sendOutcome(record, command.body, key) : ruleOutcome(record, command, key);
  if (key.place === record.place) return { kind: 'again', record, ...outcome };
  return { kind: 'repeated', record, answer: 'seq' in outcome.answer ? { ...outcome.answer, replayed: true } : outcome.answer };
}

function apply(decision: Decision, state: TrainState): void {
  if (decision.kind !== 'stored' && decision.kind !== 'ruled') return;
  const { conversationId, record, key, after } = decision;
  state.setKey(record.keyId, key);
  state.setConversation(conversationId, after);
  if (decision.kind === 'stored') return;
  for (const { userId, open, minSeq } of decision.windows) state.setWindow(conversationId, userId, { open, minSeq });
}
