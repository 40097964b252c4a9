import type { Model } from './model.js';
import type { World } from './world.js';

/** Whether nothing is left to be done: everything appended is taken, handled, published and committed. */
export function isQuiet(model: Model, world: World): boolean {
  const ends = model.truths.map(({ end }) => end);
  if (world.appended.some((count, partition) => count < (ends[partition] ?? 0))) return false;
  const views = world.processes.map(({ state }) => model.processes.view(state));
  const idle = views.every(({ running, calls, placing, dirty, next }) => {
    const taken = [...next].every(([partition, offset]) => offset === ends[partition]);
    return !running && calls.length === 0 && placing.length === 0 && dirty.size === 0 && taken;
  });
  const owned = ends.every((_, partition) => views.some(({ next }) => next.has(partition)));
  const read = world.history?.topic.every((records, p) => records.length === world.history?.readModel.next[p]) ?? true;
  return idle && owned && read;
}

/** What is missing in the end. */
export function missingInTheEnd(model: Model, world: World): string | undefined {
  const documents = model.effects.states.read(world.database);
  const progress = model.invariants.progress(documents);
  for (const [partition, { end, events, setAside }] of model.truths.entries()) {
    if (progress[partition] !== end)
      return `partition ${partition} is decided up to ${progress[partition] ?? 0} of ${end}, and nothing goes on`;
    const heard = world.heard[partition] ?? 0;
    if (heard < events.length) return `a gateway never hears "${events[heard]?.text ?? ''}"`;
    const applied = world.history?.readModel.applied[partition] ?? events.length;
    if (applied < events.length) return `a read model never applies "${events[applied]?.text ?? ''}"`;
    const lost = setAside.find((offset) => !world.setAside.includes(`message.send.v1/${partition}/${offset}`));
    if (lost !== undefined) return `record ${partition}/${lost} is neither decided nor in the dead letters`;
  }
  return undefined;
}
