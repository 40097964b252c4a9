import type { SeenMessage } from '../../history/history.js';
import type { Rule } from '../run/run.js';
import { slotOf } from '../run/slot-name.js';
import type { StoredLog } from '../run/stored-log.js';

/** A message that was pushed or read is what is stored at its seq: sender, ids, content. */
export const seenAsStored: Rule = (run, findings) => {
  const compare = (seen: SeenMessage, lines: readonly number[]) => {
    const log = run.logs.of(seen.conversationId);
    const difference = differenceOf(seen, log);
    if (difference)
      findings.add('seen-as-stored', `seq ${seen.seq} of ${log.id} was seen with ${difference}`, lines, [slotOf(log, seen.seq)]);
  };
  return {
    push(line, { push }) {
      if (push.type === 'message') compare(push, [line]);
    },
    call({ line, end, answer }) {
      if (answer?.type === 'history') for (const item of answer.items) compare(item, [line, end]);
    },
  };
};

function differenceOf(seen: SeenMessage, log: StoredLog): string | undefined {
  const stored = log.at(seen.seq);
  if (!stored) return 'nothing stored there';
  if (stored.messageId !== seen.messageId) return `another id, ${seen.messageId}`;
  if (stored.senderId !== seen.senderId) return `another sender, ${seen.senderId}`;
  if (stored.clientMsgId !== seen.clientMsgId) return `another client message id, ${seen.clientMsgId}`;
  return stored.digest === seen.digest ? undefined : `another content, ${seen.digest}`;
}
