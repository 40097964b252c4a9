import type { Violation } from './findings.js';
import { PROMISES } from './promises.js';
import type { Report } from './report.js';

const MAX_LINE_LENGTH = 600;

/** The report for people. */
export function renderReport(report: Report): string {
  const { violations, totals } = report;
  const counts = Object.entries(report.counts).map(([name, count]) => `${count} ${name}`);
  const head =
    violations.length === 0 ? 'Every promise was kept.' : `Broken: ${[...totals].map(([name, n]) => `${name} (${n})`).join(', ')}`;
  return [head, counts.join(', '), ...violations.map((violation) => renderViolation(violation, report))].join('\n');
}

function renderViolation({ promise, statement, lines, stored }: Violation, { evidence }: Report): string {
  const calls = lines.map((line) => `    line ${line}: ${cut(JSON.stringify(evidence.get(line) ?? '?'))}`);
  return [
    '',
    `${promise}: ${statement}`,
    `    (${PROMISES[promise]})`,
    ...calls,
    ...stored.map((document) => `    stored: ${cut(document)}`),
  ].join('\n');
}

function cut(text: string): string {
  return text.length <= MAX_LINE_LENGTH ? text : `${text.slice(0, MAX_LINE_LENGTH)}…`;
}
