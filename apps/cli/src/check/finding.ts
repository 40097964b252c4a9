/** What a check is about; docs/operating.md lists them. */
export type Rule =
  'seqs' | 'buckets' | 'keys' | 'bodies' | 'counts' | 'previews' | 'windows' | 'cursors' | 'members' | 'progress' | 'outbox' | 'orphans';

/** Something stored that can't be right. */
export interface Finding {
  rule: Rule;
  /** Collection and id of each document involved, as "msg sg_team:3". */
  documents: readonly string[];
  detail: string;
}

const RESTORE =
  'stop every message process, restore MongoDB from a backup from before the damage, start them: they decide again what the log has since';
const WINDOW =
  'let the user leave and join again (or kick and invite him): the group service then sends the command for his window anew, and lists the group anew; an entry of joined_group that is one too many is deleted by hand';

const ADVICE: Readonly<Record<Rule, string>> = {
  seqs: RESTORE,
  buckets: RESTORE,
  keys: `a repeated send could be stored twice, or be answered wrongly: ${RESTORE}`,
  bodies: RESTORE,
  counts: `unread counts are off: ${RESTORE}`,
  previews: 'lists show a wrong latest message until the next one is sent to this conversation',
  windows: RESTORE,
  cursors: "the user's unread count is off until he reads to the end of the conversation",
  members: WINDOW,
  progress: `if this log is meant to take the place of the other one: stop every message process, then \`hecto log adopt\`; if MongoDB is behind, start them and let them catch up`,
  outbox: 'see why in the log of the service that owns it; most likely the message service, or Kafka, is away',
  orphans: 'nothing refers to it: no reader sees it; keep a copy and look for what wrote it, then delete it',
};

/** What to do about it. */
export function adviceFor({ rule }: Finding): string {
  return ADVICE[rule];
}

/** "!!  keys: …" with the documents and what to do below. */
export function describeFinding(finding: Finding): string {
  return `!!  ${finding.rule}: ${finding.detail}\n      in ${finding.documents.join(', ')}\n    → ${adviceFor(finding)}`;
}

/** Two looks at one thing say the same of it although a number in the words may have moved on. */
export function identityOf({ rule, documents }: Finding): string {
  return [rule, ...documents].join(' ');
}
