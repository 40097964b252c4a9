import { seconds, type Fault } from './fault.js';
import { setTimeout as sleep } from 'node:timers/promises';

/** Every gateway in turn, as at an update: all clients reconnect, and again. */
export const restartGateways: Fault = {
  name: 'restart-gateways',
  draw: (random) => {
    const restMs = random.whole(200, 3000);
    return {
      what: `SIGTERM and restart of every gateway in turn, ${seconds(restMs)} apart`,
      holdMs: 0,
      inject: async (world) => {
        for (const { name, process } of world.cluster.of('gateway')) {
          world.supervisor.holdDown(process);
          const { forced } = await process.stop();
          if (forced) throw new Error(`${name} did not end within its time after SIGTERM`);
          await world.revive([process]);
          await sleep(restMs);
        }
        return () => Promise.resolve();
      },
    };
  },
};
