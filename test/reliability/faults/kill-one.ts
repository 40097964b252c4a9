import type { Kind } from '../world/world.js';
import { between, seconds, type Fault } from './fault.js';

/** `kill -9` of one process of a kind, which comes back a moment later. */
export function killOne(kind: Kind): Fault {
  return {
    name: `kill-${kind}`,
    draw: (random) => {
      const [place, holdMs] = [random.whole(0, 5), between(random, 1, 6)];
      return {
        what: `kill -9 of ${kind} process ${place}, down for ${seconds(holdMs)}`,
        holdMs,
        inject: async (world) => {
          const process = world.at(kind, place);
          await world.kill(process);
          return () => world.revive([process]);
        },
      };
    },
  };
}
