import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#storage';
import { identityOf, type Finding } from '../finding.js';
import { steadily } from '../store/steadily.js';

/** What was looked at. */
export type Counts = Record<
  | 'conversations'
  | 'messages'
  | 'bodies'
  | 'keys'
  | 'windows'
  | 'groups'
  | 'members'
  | 'buckets'
  | 'partitions'
  | 'outboxEntries'
  | 'lookedAgain',
  number
>;

export interface ExaminationParts {
  database: Database;
  /** Between two pages. */
  pauseMs: number;
  /** Between seeing a difference and looking again. */
  settleMs: number;
  report: (finding: Finding) => void;
}

/** One run of `hecto check`: reads page after page at a gentle pace, and reports what is still so at a second look. */
export class Examination {
  readonly counts: Counts = {
    conversations: 0,
    messages: 0,
    buckets: 0,
    bodies: 0,
    keys: 0,
    windows: 0,
    groups: 0,
    members: 0,
    partitions: 0,
    outboxEntries: 0,
    lookedAgain: 0,
  };

  constructor(private readonly parts: ExaminationParts) {}

  get database(): Database {
    return this.parts.database;
  }

  get settleMs(): number {
    return this.parts.settleMs;
  }

  /** Looks at one page, and once more after a moment if something seems wrong: a change in flight is no finding. */
  async page<T extends { findings: readonly Finding[] }>(look: () => Promise<T>): Promise<T> {
    const first = await steadily(look);
    let last = first;
    if (first.findings.length > 0) {
      this.counts.lookedAgain += 1;
      await sleep(this.parts.settleMs);
      last = await steadily(look);
      const before = new Set(first.findings.map(identityOf));
      for (const finding of last.findings) if (before.has(identityOf(finding))) this.parts.report(finding);
    }
    await sleep(this.parts.pauseMs);
    return last;
  }

  count(what: keyof Counts, more: number): void {
    this.counts[what] += more;
  }
}
