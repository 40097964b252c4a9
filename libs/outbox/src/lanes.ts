import type { WaitingEntry } from './outbox.repository.js';

/** Entries that go in one append: several to publish, or one command. */
export interface Step {
  kind: 'publish' | 'command';
  entries: WaitingEntry[];
}

const MAX_PUBLISHED_AT_ONCE = 100;

/** The entries of each topic and key, in their order. */
export function lanesOf(entries: readonly WaitingEntry[]): WaitingEntry[][] {
  const lanes = new Map<string, WaitingEntry[]>();
  for (const entry of entries) {
    const name = `${entry.topic} ${entry.key}`;
    const lane = lanes.get(name);
    if (lane) lane.push(entry);
    else lanes.set(name, [entry]);
  }
  return [...lanes.values()];
}

/** A lane cut into steps: neighbours that await no answer go together. */
export function stepsOf(lane: readonly WaitingEntry[]): Step[] {
  const steps: Step[] = [];
  for (const entry of lane) {
    const last = steps.at(-1);
    if (entry.awaits_answer) steps.push({ kind: 'command', entries: [entry] });
    else if (last?.kind === 'publish' && last.entries.length < MAX_PUBLISHED_AT_ONCE) last.entries.push(entry);
    else steps.push({ kind: 'publish', entries: [entry] });
  }
  return steps;
}
