import type { ProgressDocument } from '../../../../apps/message/src/store/progress.document.js';
import type { Findings } from '../findings.js';

/** Every partition has its place, and all of them belong to one log. */
export function checkProgress(progress: readonly ProgressDocument[], findings: Findings): void {
  if (progress.length === 0) findings.add('sound-storage', 'there is no progress');
  const documents = progress.map(({ _id, log, epoch, offset }) => `progress ${_id}: log ${log}, epoch ${epoch}, offset ${offset}`);
  const logs = new Set(progress.map(({ log }) => log));
  if (logs.size > 1) findings.add('sound-storage', `the progress belongs to ${logs.size} logs`, [], documents);
  progress.forEach(({ offset, epoch }, i) => {
    if (!isCount(offset) || !isCount(epoch))
      findings.add('sound-storage', 'the progress is no place in a log', [], documents.slice(i, i + 1));
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
