import type { Kind } from '../world/world.js';
import { between, seconds, type Fault } from './fault.js';

/** From what nobody notices to far beyond every session timeout: the zombie that wakes after its partitions have moved. */
const HOLD_SECONDS = { least: 5, most: 40 };

/** SIGSTOP, and SIGCONT a while later. */
export function pause(kind: Kind): Fault {
  return {
    name: `pause-${kind}`,
    draw: (random) => {
      const [place, holdMs] = [random.whole(0, 5), between(random, HOLD_SECONDS.least, HOLD_SECONDS.most)];
      return {
        what: `SIGSTOP of ${kind} process ${place} for ${seconds(holdMs)}`,
        holdMs,
        inject: (world) => {
          const process = world.at(kind, place);
          process.signal('SIGSTOP');
          return Promise.resolve(() => {
            process.signal('SIGCONT');
            return world.revive([process]);
          });
        },
      };
    },
  };
}
