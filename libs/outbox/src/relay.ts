import { AppError } from '#kernel';
import type { Bus, Outgoing } from '#bus';
import { lanesOf, stepsOf, type Step } from './lanes.js';
import type { WaitingEntry } from './outbox.repository.js';

/** What became of the entries: settled ones need no second appearance, of those some were refused; the rest waits. */
export interface Relayed {
  settled: WaitingEntry[];
  refused: { entry: WaitingEntry; error: AppError }[];
  /** Why something still waits, if anything does. */
  failure: unknown;
}

/**
 * Appends entries in their order. Lanes (a topic and a key each) go side by side, as no reader can tell an order between them; within
 * a lane every step waits for the one before: an append of unknown outcome must never be overtaken by what came after it, or a
 * member who was kicked would be in again when it is repeated. A lane ends at its first failure.
 */
export async function relay(bus: Bus, entries: readonly WaitingEntry[]): Promise<Relayed> {
  const relayed: Relayed = { settled: [], refused: [], failure: undefined };
  await Promise.all(lanesOf(entries).map((lane) => relayLane(bus, lane, relayed)));
  return relayed;
}

async function relayLane(bus: Bus, lane: readonly WaitingEntry[], relayed: Relayed): Promise<void> {
  for (const step of stepsOf(lane)) {
    try {
      await relayStep(bus, step, relayed);
    } catch (error) {
      relayed.failure ??= error;
      return;
    }
  }
}

async function relayStep(bus: Bus, step: Step, relayed: Relayed): Promise<void> {
  try {
    await appendStep(bus, step);
    relayed.settled.push(...step.entries);
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    const [first, ...others] = step.entries;
    if (first === undefined) return;
    if (others.length === 0) {
      relayed.settled.push(first);
      relayed.refused.push({ entry: first, error });
      return;
    }
    // One of several was refused: one after the other shows which.
    for (const entry of step.entries) await relayStep(bus, { kind: step.kind, entries: [entry] }, relayed);
  }
}

async function appendStep(bus: Bus, { kind, entries }: Step): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  if (kind === 'command') await bus.command(first.topic, outgoing(first));
  else await bus.publish(first.topic, entries.map(outgoing));
}

function outgoing({ id, key, type, payload }: WaitingEntry): Outgoing {
  return { id, key, type, payload: Buffer.from(payload) };
}
