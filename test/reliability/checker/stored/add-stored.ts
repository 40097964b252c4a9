import type { Finding, Rule } from '../../../../apps/cli/src/check/finding.js';
import type { Findings } from '../findings.js';
import type { PromiseName } from '../promises.js';

const PROMISE_OF: Readonly<Record<Rule, PromiseName>> = {
  seqs: 'dense-seqs',
  buckets: 'dense-seqs',
  keys: 'keys-match-slots',
  bodies: 'bodies-match-slots',
  counts: 'sound-storage',
  previews: 'sound-storage',
  windows: 'sound-storage',
  cursors: 'cursors-forward',
  members: 'members-have-windows',
  progress: 'sound-storage',
  outbox: 'outboxes-empty',
  orphans: 'sound-storage',
};

/** What `hecto check` finds too. */
export function addStored(findings: Findings, found: readonly Finding[]): void {
  for (const { rule, detail, documents } of found) findings.add(PROMISE_OF[rule], `${documents.join(', ')}: ${detail}`, [], documents);
}
