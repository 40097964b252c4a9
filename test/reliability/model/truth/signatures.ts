import { offsetOf, type StoredEvent } from '#contracts';
import type { GivenAnswer } from '../process/calls.js';

/** An event as one line: two that say the same read the same. */
export function eventText(event: StoredEvent): string {
  const at = `${offsetOf(event.place)}.${event.part} ${event.kind}`;
  switch (event.kind) {
    case 'message': {
      const { conversationId, seq, senderId, clientMsgId, content, sentAt } = event.message;
      return `${at} ${conversationId} seq ${seq}: ${senderId}/${clientMsgId} ${content} at ${sentAt}`;
    }
    case 'windows.opened':
      return `${at} ${event.conversationId} for ${event.userIds.join()} from ${event.minSeq}, max ${event.maxSeq}`;
    case 'windows.closed':
      return `${at} ${event.conversationId} for ${event.userIds.join()}, max ${event.maxSeq}`;
    case 'conversation.dismissed':
      return `${at} ${event.conversationId}, max ${event.maxSeq}`;
  }
}

/** An answer as one line; whether it is a repeated one is not looked at: the same record may be answered as both. */
export function answerText(answer: GivenAnswer): string {
  if ('error' in answer) return `refused: ${answer.error}`;
  const { seq, messageId, sentAt, maxSeq } = answer.value as Record<string, unknown>;
  return maxSeq === undefined ? sendAnswerText({ seq, messageId, sentAt }) : ruleAnswerText(maxSeq);
}

export function sendAnswerText({ seq, messageId, sentAt }: Record<'seq' | 'messageId' | 'sentAt', unknown>): string {
  return `stored: seq ${String(seq)}, id ${String(messageId)}, at ${String(sentAt)}`;
}

export function ruleAnswerText(maxSeq: unknown): string {
  return `applied: max ${String(maxSeq)}`;
}
