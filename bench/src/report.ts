import type { StepResult } from './one-to-one.js';
import type { ProcessUse } from './process-sampler.js';

const MIB = 1024 * 1024;

/** A step as a few lines of Markdown. */
export function renderStep(step: StepResult, uses: readonly ProcessUse[]): string {
  const { rate, sent, answered, delivered, refused, drainedMs } = step;
  const lines = [
    `### ${rate} sends a second`,
    '',
    `${sent} sent, ${answered} answered, ${delivered} delivered, refused: ${JSON.stringify(refused)}; the last came ${Math.round(drainedMs)} ms after the last send was due.`,
    '',
    '| ms from the intended time | p50 | p90 | p99 | max |',
    '| --- | --- | --- | --- | --- |',
    `| answered | ${percentiles(step.answerTime)} |`,
    `| delivered | ${percentiles(step.deliveryTime)} |`,
    '',
    '| process | CPU ms a message | most resident MB |',
    '| --- | --- | --- |',
    ...uses.map(({ name, cpuMs, maxRss }) => `| ${name} | ${(cpuMs / Math.max(1, answered)).toFixed(3)} | ${Math.round(maxRss / MIB)} |`),
    '',
  ];
  return lines.join('\n');
}

function percentiles(histogram: StepResult['answerTime']): string {
  const at = (percentile: number) => (histogram.getValueAtPercentile(percentile) / 10).toFixed(1);
  return [at(50), at(90), at(99), (histogram.maxValue / 10).toFixed(1)].join(' | ');
}
