import type { Rule } from '../run/run.js';
import type { Attempt } from '../run/attempt.js';
import type { Sent } from '../run/sends.js';
import { slotOf } from '../run/slot-name.js';

/** What was answered lies at its seq, with its id, as it was sent. (That it lies nowhere else is `once-per-id`.) */
export const storedAsAnswered: Rule = (run, findings) => ({
  end() {
    for (const sent of run.sends.all) {
      for (const attempt of sent.attempts) {
        const problem = attempt.answer && problemOf(sent, attempt, attempt.answer);
        if (problem === undefined) continue;
        const places = [attempt.answer?.seq, sent.stored?.seq].filter((seq) => seq !== undefined);
        const slots = places.map((seq) => slotOf(sent.log, seq));
        findings.add('stored-as-answered', `${sent.name}: ${problem}`, [attempt.line, attempt.end], slots);
      }
    }
  },
});

function problemOf(sent: Sent, { digest }: Attempt, { seq, messageId }: NonNullable<Attempt['answer']>): string | undefined {
  const { log, stored } = sent;
  const there = log.at(seq);
  if (!stored) return `answered seq ${seq}, and it is not stored`;
  if (there?.senderId !== sent.senderId || there.clientMsgId !== sent.clientMsgId) return `answered seq ${seq}, stored as ${stored.seq}`;
  if (there.messageId !== messageId) return `answered the id ${messageId}, stored as ${there.messageId}`;
  if (there.digest !== digest) return `what is stored as seq ${seq} is not what was sent`;
  return undefined;
}
