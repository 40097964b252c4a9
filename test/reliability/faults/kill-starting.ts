import { setTimeout as sleep } from 'node:timers/promises';
import { KINDS } from '../world/world.js';
import { seconds, SECOND, type Fault } from './fault.js';

const KILLS = 3;
/** A service needs about two seconds to start, Kafka a few more. */
const LATEST_MS = 4 * SECOND;

/** `kill -9`, and again at random moments while it starts. */
export const killStarting: Fault = {
  name: 'kill-starting',
  draw: (random) => {
    const [kind, place] = [random.pick(KINDS) ?? 'message', random.whole(0, 5)];
    const moments = Array.from({ length: KILLS }, () => random.whole(100, LATEST_MS));
    return {
      what: `kill -9 of ${kind} process ${place}, and again ${moments.map(seconds).join(', ')} into its starts`,
      holdMs: 0,
      inject: async (world) => {
        const process = world.at(kind, place);
        await world.kill(process);
        for (const moment of moments) {
          // That it does not come to serve is the point.
          const start = process.start().catch(() => undefined);
          await sleep(moment);
          await world.kill(process);
          await start;
        }
        return () => world.revive([process]);
      },
    };
  },
};
