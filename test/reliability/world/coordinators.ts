import kafkajs, { type Admin } from 'kafkajs';
import { waitFor } from '#testing';

/** One of these is in each partition of the groups' offsets, which are four. */
const GROUPS = ['a', 'b', 'c', 'd'];
/** They do after a few seconds, or never. */
const ANSWER_WITHIN_MS = 30_000;

export interface BrokersToStart {
  /** `host:port,…` */
  brokers: string;
  /** Ends those that run, and starts them. */
  startAgain: () => Promise<void>;
  say: (line: string) => void;
}

/**
 * Resolves when every consumer group has a coordinator. A broker that was killed while it started was seen once to come up without that
 * of a quarter of the groups: they were told NOT_COORDINATOR for good. It is started once more then, as its operator would, and that is said.
 */
export async function awaitCoordinators({ brokers, startAgain, say }: BrokersToStart, withinMs = ANSWER_WITHIN_MS): Promise<void> {
  try {
    await allAnswer(brokers, withinMs);
  } catch (error) {
    say(`Kafka gives groups no coordinator, and is started once more: ${String(error)}`);
    await startAgain();
    await allAnswer(brokers, withinMs);
  }
}

async function allAnswer(brokers: string, withinMs: number): Promise<void> {
  const patience = { connectionTimeout: 1000, requestTimeout: 2000, retry: { retries: 2, initialRetryTime: 100 } };
  const kafka = new kafkajs.Kafka({ clientId: 'chaos', brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING, ...patience });
  await waitFor(() => answers(kafka.admin()), { withinMs, what: 'every group to have a coordinator', everyMs: 250 });
}

async function answers(admin: Admin): Promise<true> {
  try {
    await admin.connect();
    for (const groupId of GROUPS) await admin.fetchOffsets({ groupId, topics: [] });
    return true;
  } finally {
    await admin.disconnect();
  }
}
