import type { Target } from '../client/target.js';
import { describeCounts, readLogFiles, totalCounts } from '../irc/read-log-files.js';
import { importFiles, type FailedFile } from './import-files.js';
import { progressView } from './progress-view.js';

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
  const view = progressView(lines, process.stderr);
  const started = performance.now();
  const onProgress = (done: number) => view.update(done);
  const failed = await importFiles({ target, logs, parallel, onProgress, onRetry: ({ message }) => view.trouble(message) });
  view.stop();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${describeCounts(logs)}; ${seconds.toFixed(1)} s, ${Math.round(lines / seconds).toLocaleString('en')} lines/s`);
  return complain(failed, files.length);
}

function complain(failed: readonly FailedFile[], files: number): number {
  for (const { file, reason } of failed) console.error(`${file}: ${reason}`);
  if (failed.length === 0) return 0;
  console.error(`${failed.length} of ${files} files are not complete. Run the same command again: it goes on where it was.`);
  return 1;
}
