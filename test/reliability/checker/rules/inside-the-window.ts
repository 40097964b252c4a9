import type { Findings } from '../findings.js';
import type { Call, Rule, Run } from '../run/run.js';
import type { StoredLog } from '../run/stored-log.js';

/** What one answer said to one user of one conversation. */
interface Told {
  what: string;
  userId: string;
  log: StoredLog;
  line: number;
  end: number;
  /** Messages that were shown, from … to, both inclusive; empty: from > to. */
  from: number;
  to: number;
  /** The beginning of the window, as the answer has it. */
  minSeq?: number;
}

/**
 * Nobody is told of what lies outside his windows. The stored window is exact once nobody is put in or taken out any more; before that
 * only what the calls prove is held against the servers: who had left, and was not called back, is a stranger.
 */
export const insideTheWindow: Rule = (run, findings) => {
  const told: Told[] = [];
  return {
    call: (call) => void told.push(...toldBy(run, call)),
    end() {
      for (const answer of told) checkTold(run, answer, findings);
      for (const { line, connection, log, seq, hint } of run.pushes) {
        const { userId } = connection.device;
        const proof = outsideOf(run, log, userId, seq, line);
        if (proof)
          findings.add(
            'inside-the-window',
            `${userId} was pushed ${hint ? 'a hint of ' : ''}seq ${seq} of ${log.id}, from outside his window`,
            [...proof, line],
          );
      }
    },
  };
};

function toldBy(run: Run, { line, end, device: { userId }, asked, answer }: Call): Told[] {
  const at = { userId, line, end };
  const nothing = { from: 1, to: 0 };
  switch (answer?.type) {
    case 'history': {
      if (asked.operation.type !== 'history') return [];
      const [from, to] = [answer.items[0]?.seq ?? 1, answer.items.at(-1)?.seq ?? 0];
      return [{ ...at, what: 'a page', log: run.logs.of(asked.operation.conversationId), from, to, minSeq: answer.minSeq }];
    }
    case 'sync':
      return answer.moved.map(({ conversationId, minSeq }) => ({
        ...at,
        ...nothing,
        what: 'a sync',
        log: run.logs.of(conversationId),
        minSeq,
      }));
    case 'list':
      return answer.items.map(({ conversationId, previewSeq }) => {
        const shown = previewSeq === undefined ? nothing : { from: previewSeq, to: previewSeq };
        return { ...at, ...shown, what: 'a list', log: run.logs.of(conversationId) };
      });
    case 'read':
      return asked.operation.type === 'read'
        ? [{ ...at, ...nothing, what: 'a read', log: run.logs.of(asked.operation.conversationId) }]
        : [];
    default:
      return [];
  }
}

function checkTold(run: Run, { what, userId, log, line, end, from, to, minSeq }: Told, findings: Findings): void {
  const add = (statement: string, lines: readonly number[] = []) =>
    findings.add('inside-the-window', `${userId} asked for ${what}: ${statement}`, [...lines, line, end], windowOf(log, userId));
  const membership = run.groups.membership(log, userId);
  const stranger = membership.without(line, end);
  if (stranger) {
    add(`${log.id} was not his to read`, stranger.lines);
    return;
  }
  for (let seq = from; seq <= to; seq += 1) {
    const proof = outsideOf(run, log, userId, seq, end);
    if (proof) {
      add(`seq ${seq} of ${log.id} is outside his window`, proof);
      return;
    }
  }
  if (line <= membership.settledAt) return;
  const first = log.firstReadable(userId);
  if (first === undefined) {
    add(`his window of ${log.id} is closed`);
    return;
  }
  if (from <= to && from < first) {
    add(`seq ${from} of ${log.id} is before his window, which begins at ${first}`);
    return;
  }
  if (minSeq !== undefined && minSeq !== first) add(`his window of ${log.id} begins at ${first}, not at ${minSeq}`);
}

/** The lines that prove that a message was no business of this user's by the line at which he saw it. */
function outsideOf(run: Run, log: StoredLog, userId: string, seq: number, seenAt: number): readonly number[] | undefined {
  if (log.pair) return log.pair.includes(userId) ? undefined : [];
  const sent = log.at(seq)?.sentAs;
  if (!sent) return undefined;
  const membership = run.groups.membership(log, userId);
  const sentAt = sent.firstLine;
  const storedBy = Math.max(sentAt, Math.min(log.known.since(seq), seenAt));
  const stranger = membership.without(sentAt, run.groups.hidesEarlier(log) ? storedBy : Math.max(sentAt, seenAt));
  return stranger && [...stranger.lines, ...sent.lines];
}

function windowOf(log: StoredLog, userId: string): string[] {
  const window = log.windows.get(userId);
  return [`seq_user ${userId}|${log.id}: ${window ? `min_seq ${window.min_seq}${window.closed ? ', closed' : ''}` : 'there is none'}`];
}
