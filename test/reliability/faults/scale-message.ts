import { setTimeout as sleep } from 'node:timers/promises';
import { between, seconds, type Fault } from './fault.js';

/** Message processes come and go under load, as at an update: one more, then one of the old less, so that every partition moves. */
export const scaleMessage: Fault = {
  name: 'scale-message',
  draw: (random) => {
    const [more, place, restMs] = [random.whole(1, 2), random.whole(0, 5), between(random, 1, 4)];
    return {
      what: `${more} message processes more, and ${more} of the old taken away, every ${seconds(restMs)}`,
      holdMs: 0,
      inject: async (world) => {
        const old = world.cluster.of('message');
        for (let n = 0; n < more; n++) {
          await world.cluster.add('message');
          await sleep(restMs);
        }
        for (let n = 0; n < more; n++) {
          const leaving = old[(place + n) % old.length];
          if (leaving) await world.remove(leaving);
          await sleep(restMs);
        }
        return () => Promise.resolve();
      },
    };
  },
};
