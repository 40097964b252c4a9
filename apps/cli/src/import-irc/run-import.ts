import { SingleBar } from 'cli-progress';
import type { Target } from '../client/target.js';
import { describeCounts, readLogFiles, totalCounts } from '../irc/read-log-files.js';
import { importFiles } from './import-files.js';

export interface ImportRequest {
  target: Target;
  files: readonly string[];
  channel: string;
  parallel: number;
}

/** Imports, shows how far it is, and says what came of it. Returns the exit code. */
export async function runImport({ target, files, channel, parallel }: ImportRequest): Promise<number> {
  const logs = await readLogFiles(files, channel);
  const { lines } = totalCounts(logs);
  const bar = new SingleBar({ format: '{bar} {percentage} % | {value}/{total} lines | {eta_formatted} left {trouble}', hideCursor: true });
  const started = performance.now();
  bar.start(lines, 0, { trouble: '' });
  const failed = await importFiles({
    target,
    logs,
    parallel,
    onProgress: (done) => bar.update(done, { trouble: '' }),
    onRetry: ({ message }) => bar.update({ trouble: `| trying again: ${message}` }),
  });
  bar.stop();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${describeCounts(logs)}; ${seconds.toFixed(1)} s, ${Math.round(lines / seconds).toLocaleString('en')} lines/s`);
  for (const { file, reason } of failed) console.error(`${file}: ${reason}`);
  if (failed.length > 0)
    console.error(`${failed.length} of ${files.length} files are not complete. Run the same command again: it goes on where it was.`);
  return failed.length > 0 ? 1 : 0;
}
