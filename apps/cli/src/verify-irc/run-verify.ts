import pLimit from 'p-limit';
import { HttpApi } from '../client/http-api.js';
import { requireServer } from '../client/require-server.js';
import type { Target } from '../client/target.js';
import type { ChannelLog } from '../irc/channel-log.js';
import { describeCounts, readLogFiles } from '../irc/read-log-files.js';
import { GroupReader } from './group-reader.js';
import { verifyLog, type Verdict } from './verify-log.js';

export interface VerifyRequest {
  target: Target;
  files: readonly string[];
  channel: string;
  /** Requests at a time. */
  parallel: number;
}

const MAX_SHOWN = 50;

/** Reads everything back, says how it differs from the files. Returns the exit code. */
export async function runVerify({ target, files, channel, parallel }: VerifyRequest): Promise<number> {
  const logs = await readLogFiles(files, channel);
  const api = new HttpApi(target);
  const limit = pLimit(parallel);
  const started = performance.now();
  try {
    await requireServer(api, target.url);
    const verdicts = await Promise.all(logs.map((log) => verdictOf(log, new GroupReader(api, log.groupId), limit)));
    const seconds = (performance.now() - started) / 1000;
    console.log(`${describeCounts(logs)}.\n${describe(verdicts)}; ${seconds.toFixed(1)} s.`);
    return report(verdicts);
  } finally {
    api.close();
  }
}

/** A group that can't be read at all is a difference, not the end of the check. */
async function verdictOf(log: ChannelLog, group: GroupReader, limit: ReturnType<typeof pLimit>): Promise<Verdict> {
  try {
    return await verifyLog(log, group, limit);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file: log.file, differences: [`can't be read: ${reason}`], read: 0, open: 0, closed: 0 };
  }
}

function describe(verdicts: readonly Verdict[]): string {
  const total = (count: (verdict: Verdict) => number) => verdicts.reduce((sum, verdict) => sum + count(verdict), 0).toLocaleString('en');
  return (
    `Read back ${total(({ read }) => read)} messages as ${total(({ open }) => open)} members; ` +
    `${total(({ closed }) => closed)} who left were refused`
  );
}

function report(verdicts: readonly Verdict[]): number {
  const differences = verdicts.flatMap(({ file, differences }) => differences.map((text) => `${file}: ${text}`));
  for (const text of differences.slice(0, MAX_SHOWN)) console.error(text);
  if (differences.length > MAX_SHOWN) console.error(`… and ${differences.length - MAX_SHOWN} more`);
  console.log(`${differences.length} differences`);
  return differences.length > 0 ? 1 : 0;
}
