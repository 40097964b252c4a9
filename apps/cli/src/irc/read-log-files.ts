import type { ChannelLog, LineCounts } from './channel-log.js';
import { namesOfFile, refuseSameGroup } from './file-names.js';
import { readLogFile } from './read-log-file.js';

/** Throws before anything is done when a file can't be read, or when two would become one group. */
export async function readLogFiles(files: readonly string[], channel: string): Promise<ChannelLog[]> {
  refuseSameGroup(files.map(namesOfFile));
  return Promise.all(files.map((file) => readLogFile(file, channel)));
}

export function totalCounts(logs: readonly ChannelLog[]): LineCounts {
  const total = { lines: 0, messages: 0, memberships: 0, blank: 0 };
  for (const { counts } of logs) {
    total.lines += counts.lines;
    total.messages += counts.messages;
    total.memberships += counts.memberships;
    total.blank += counts.blank;
  }
  return total;
}

/** "39 files: 55,265 lines, of them 48,887 messages, 6,378 joins, leaves and new names, 0 blank". */
export function describeCounts(logs: readonly ChannelLog[]): string {
  const { lines, messages, memberships, blank } = totalCounts(logs);
  const shown = (count: number) => count.toLocaleString('en');
  const parts = `${shown(messages)} messages, ${shown(memberships)} joins, leaves and new names, ${shown(blank)} blank`;
  return `${shown(logs.length)} ${logs.length === 1 ? 'file' : 'files'}: ${shown(lines)} lines, of them ${parts}`;
}
