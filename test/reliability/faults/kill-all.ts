import { KINDS, type Kind } from '../world/world.js';
import { between, seconds, type Fault } from './fault.js';

/** Every process of one kind at once. */
export const killAll: Fault = {
  name: 'kill-all',
  draw: (random) => strikeAll([random.pick(KINDS) ?? 'message'], between(random, 1, 8)),
};

/** Every process of two kinds at once. */
export const killTwoKinds: Fault = {
  name: 'kill-two-kinds',
  draw: (random) => strikeAll(random.some(KINDS, 2), between(random, 1, 8)),
};

function strikeAll(kinds: readonly Kind[], holdMs: number): ReturnType<Fault['draw']> {
  return {
    what: `kill -9 of every ${kinds.join(' and ')} process at once, down for ${seconds(holdMs)}`,
    holdMs,
    inject: async (world) => {
      const processes = kinds.flatMap((kind) => world.processes(kind));
      await Promise.all(processes.map((process) => world.kill(process)));
      return () => world.revive(processes);
    },
  };
}
