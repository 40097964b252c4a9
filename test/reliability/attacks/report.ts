import type { Findings } from './findings.js';

export interface AttackOptions {
  cases: number;
  seed: number;
  say: (line: string) => void;
}

export interface AttackReport {
  name: string;
  seed: number;
  cases: number;
  seconds: number;
  /** How often what was answered, or happened. */
  counts: Readonly<Record<string, number>>;
  findings: Findings;
}

export function renderReport({ name, seed, cases, seconds, counts, findings }: AttackReport): string {
  const rate = Math.round(cases / Math.max(seconds, 0.001));
  const answered = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `  ${String(count).padStart(8)}  ${what}`);
  const verdict = findings.count === 0 ? 'nothing found' : `${findings.count} found:`;
  const head = `${name}: ${cases} cases in ${seconds.toFixed(1)} s (${rate}/s), seed ${seed}: ${verdict}`;
  return [head, ...findings.lines.map((line) => `  - ${line}`), ...answered].join('\n');
}
