import type { Counts } from './examine/examination.js';
import { adviceFor, describeFinding, type Finding } from './finding.js';

export interface ReportOptions {
  format: 'text' | 'json';
  /** The most findings that are printed. */
  maxShown: number;
  say: (line: string) => void;
}

/** Prints findings as they come, and in the end what was looked at. */
export class Report {
  private readonly byRule = new Map<string, number>();
  private found = 0;

  constructor(private readonly options: ReportOptions) {}

  add(finding: Finding): void {
    const { format, maxShown, say } = this.options;
    this.found += 1;
    this.byRule.set(finding.rule, (this.byRule.get(finding.rule) ?? 0) + 1);
    if (this.found > maxShown) return;
    say(format === 'json' ? JSON.stringify({ ...finding, advice: adviceFor(finding) }) : describeFinding(finding));
  }

  /** Returns the exit code. */
  end(counts: Counts, notes: readonly string[], seconds: number): 0 | 1 {
    const { format, say } = this.options;
    const findings = Object.fromEntries(this.byRule);
    if (format === 'json') say(JSON.stringify({ counts, notes, seconds, findings: this.found, byRule: findings }));
    else for (const line of this.summary(counts, notes, seconds)) say(line);
    return this.found === 0 ? 0 : 1;
  }

  private summary(counts: Counts, notes: readonly string[], seconds: number): string[] {
    const { lookedAgain, outboxEntries, ...looked } = counts;
    const what = Object.entries(looked).map(([name, count]) => `${count} ${name}`);
    const hidden = this.found - Math.min(this.found, this.options.maxShown);
    const perRule = [...this.byRule].map(([rule, count]) => `${rule} ${count}`).join(', ');
    return [
      `Looked at ${what.join(', ')} in ${seconds.toFixed(1)} s; ${outboxEntries} outbox entries wait; ${lookedAgain} pages were looked at again.`,
      ...notes,
      ...(hidden > 0 ? [`${hidden} more findings were not printed.`] : []),
      this.found === 0 ? 'All is as it must be.' : `${this.found} findings: ${perRule}.`,
    ];
  }
}
