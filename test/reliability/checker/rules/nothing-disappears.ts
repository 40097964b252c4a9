import type { Call, Rule, Run } from '../run/run.js';

interface Said {
  conversationId: string;
  maxSeq: number;
}

/** Every answer that tells the last seq of a conversation knows what was answered or seen before it was asked, and nothing else. */
export const nothingDisappears: Rule = (run, findings) => ({
  call(call) {
    const { line, end, device } = call;
    for (const { conversationId, maxSeq } of saidBy(call)) {
      const log = run.logs.of(conversationId);
      const known = log.known.before(line);
      const name = `${device.userId} was answered that ${conversationId} ends at ${maxSeq}`;
      if (maxSeq < known.seq) findings.add('nothing-disappears', `${name}, and ${known.seq} was known already`, [known.line, line, end]);
      if (maxSeq > log.maxSeq)
        findings.add('nothing-disappears', `${name}, and it ends at ${log.maxSeq}`, [line, end], [`seq ${conversationId}`]);
    }
  },
  push(line, { push, client }) {
    const said = pushed(run, push);
    if (!said) return;
    const statement = `${client.userId} was pushed that ${said.conversationId} ends at ${said.maxSeq}, and that is not stored`;
    findings.add('nothing-disappears', statement, [line], [`seq ${said.conversationId}`]);
  },
});

function saidBy({ asked: { operation }, answer }: Call): readonly Said[] {
  if (answer?.type === 'sync') return answer.moved;
  if (answer?.type === 'list') return answer.items;
  if (answer?.type !== 'history' || operation.type !== 'history') return [];
  return [{ conversationId: operation.conversationId, maxSeq: answer.maxSeq }];
}

function pushed(run: Run, push: Parameters<NonNullable<ReturnType<Rule>['push']>>[1]['push']): Said | undefined {
  if (push.type === 'resync' || push.type === 'message') return undefined;
  const { conversationId, maxSeq } = push;
  return maxSeq > run.logs.of(conversationId).maxSeq ? { conversationId, maxSeq } : undefined;
}
