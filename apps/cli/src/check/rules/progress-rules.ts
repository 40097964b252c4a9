import type { Finding } from '../finding.js';
import { finding } from './conversation-page.js';

export interface PartitionFacts {
  /** `<topic>/<partition>` */
  id: string;
  progress: { log: string; offset: number } | undefined;
  /** The log's own. */
  identity: string;
  earliest: number;
  latest: number;
  /** Up to where the message service has told of what it decided; undefined: nothing yet. */
  committed: number | undefined;
}

/** What is decided lies within the log that is here, and is ahead of what was told. */
export function checkProgress({ id, progress, identity, earliest, latest, committed }: PartitionFacts): Finding[] {
  const say = (detail: string) => [finding('progress', [`progress ${id}`], detail)];
  if (!progress) return latest > earliest ? say(`the log holds ${latest - earliest} records, but none was ever decided`) : [];
  const { log, offset } = progress;
  if (log !== identity) return say(`it was counted in log ${log}, this is log ${identity}`);
  if (offset > latest) return say(`it is ${offset}, but the log ends at ${latest}`);
  if (offset < earliest) return say(`it is ${offset}, but the log begins at ${earliest}`);
  if (committed !== undefined && committed > offset) {
    return say(`it is ${offset}, though ${committed} is committed: MongoDB is older than the log and has not caught up`);
  }
  return [];
}
