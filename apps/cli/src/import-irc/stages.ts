import { LIMITS } from '#contracts';
import type { MembershipStep, SendStep, Step } from '../irc/channel-log.js';

/** Steps that may go together: messages in a row, as many as one connection takes; or joins and leaves in a row. */
export type Stage = { kind: 'messages'; steps: SendStep[] } | { kind: 'members'; steps: MembershipStep[] };

const MAX_BATCH_BYTES = 256 * 1024;

export function stagesOf(steps: readonly Step[]): Stage[] {
  const stages: Stage[] = [];
  let bytes = 0;
  for (const step of steps) {
    const stage = stages.at(-1);
    const own = step.kind === 'send' ? Buffer.byteLength(step.text) : 0;
    bytes += own;
    if (step.kind !== 'send') {
      if (stage?.kind === 'members') stage.steps.push(step);
      else stages.push({ kind: 'members', steps: [step] });
    } else if (stage?.kind === 'messages' && stage.steps.length < LIMITS.maxInFlight && bytes <= MAX_BATCH_BYTES) {
      stage.steps.push(step);
    } else {
      stages.push({ kind: 'messages', steps: [step] });
      bytes = own;
    }
  }
  return stages;
}

/** Each user's own joins and leaves, in their order; never empty. */
export function byUser(steps: readonly MembershipStep[]): MembershipStep[][] {
  const users = new Map<string, MembershipStep[]>();
  for (const step of steps) {
    const own = users.get(step.userId);
    if (own) own.push(step);
    else users.set(step.userId, [step]);
  }
  return [...users.values()];
}
