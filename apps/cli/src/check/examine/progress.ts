import type { EventLog } from '#bus';
import { TOPIC } from '#contracts';
import { ProgressRepository } from '../../../../message/src/store/progress.repository.js';
import { checkProgress } from '../rules/progress-rules.js';
import type { Examination } from './examination.js';

/** Each partition's progress against the log. */
export async function examineProgress(examination: Examination, log: EventLog, group: string): Promise<void> {
  const progress = new ProgressRepository(examination.database, TOPIC.send);
  const { partitions } = await examination.page(async () => {
    const identity = await log.identity();
    // What is committed was decided before, and what is decided was appended before: read in this order.
    const before = await log.ranges(TOPIC.send, group);
    const stands = await progress.load(before.map(({ partition }) => partition));
    const after = await log.ranges(TOPIC.send, group);
    const facts = before.map(({ partition, committed, earliest }, i) => {
      const latest = after[i]?.latest ?? 0;
      return { id: `${TOPIC.send}/${partition}`, progress: stands.get(partition), identity, earliest, latest, committed };
    });
    return { findings: facts.flatMap(checkProgress), partitions: facts.length };
  });
  examination.count('partitions', partitions);
}
