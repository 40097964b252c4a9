import type { Operation } from '../../history/history.js';
import type { Call, Rule, Run } from '../run/run.js';
import type { StoredLog } from '../run/stored-log.js';

type Ask = Extract<Operation, { type: 'sync' }>;

interface Silence {
  call: Call;
  log: StoredLog;
  known: { seq: number; line: number };
}

/** What a sync covers and doesn't name has nothing above the cursor, as far as anyone could know when it was asked. */
export const syncTellsAll: Rule = (run, findings) => {
  const silences: Silence[] = [];
  return {
    call: (call) => void silences.push(...silencesOf(run, call)),
    end() {
      for (const { call, log, known } of silences) {
        const { userId } = call.device;
        if (!isReadable(run, log, userId, known.seq, call)) continue;
        const statement = `a sync of ${userId} does not name ${log.id}, of which seq ${known.seq} was known`;
        findings.add('sync-tells-all', statement, [known.line, call.line, call.end]);
      }
    },
  };
};

function silencesOf(run: Run, call: Call): Silence[] {
  const { answer, device, line } = call;
  const { operation } = call.asked;
  if (answer?.type !== 'sync' || operation.type !== 'sync') return [];
  const named = new Set(answer.moved.map(({ conversationId }) => conversationId));
  const covered = run.logs.readableBy(device.userId).filter(({ id }) => !named.has(id) && covers(operation, answer, id));
  return covered
    .map((log) => ({ call, log, known: log.known.before(line) }))
    .filter(({ log, known }) => known.seq > (operation.cursors[log.id] ?? 0));
}

/** Ids are ASCII: their order is that of their bytes. */
function covers({ after = '', through }: Ask, { complete, next }: { complete: boolean; next?: string }, id: string): boolean {
  const last = complete ? through : (next ?? '');
  return id > after && (last === undefined || id <= last);
}

/** Whether this seq certainly lay in the user's window while he asked. */
function isReadable(run: Run, log: StoredLog, userId: string, seq: number, { line, end }: Call): boolean {
  if (log.pair) return true;
  const membership = run.groups.membership(log, userId);
  const member = membership.within(line, end);
  if (!member) return false;
  const settled = membership.settledAt < line && seq >= (log.firstReadable(userId) ?? Infinity);
  return settled || log.notBefore(seq) > member.from;
}
