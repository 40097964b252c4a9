import { between, seconds, type Fault } from './fault.js';

/** No room is left on the disk of a server. It ends, or refuses; when there is room again it is started anew. */
export function fullDisk(server: 'mongo' | 'kafka'): Fault {
  return {
    name: `full-disk-${server}`,
    needs: { disk: server },
    draw: (random) => {
      const holdMs = between(random, 8, 20);
      return {
        what: `the disk under ${server} is full for ${seconds(holdMs)}`,
        holdMs,
        inject: async (world) => {
          const volume = world.volume(server);
          const bytes = await volume.fill();
          world.say(`${server} has ${Math.round(bytes / 1024 / 1024)} MiB of disk, and no more`);
          return async () => {
            const processes = world.processes(server);
            const ended = processes.filter(({ running }) => !running).map(({ name }) => name);
            world.say(`ended meanwhile: ${ended.join(', ') || 'none'}`);
            await volume.free();
            await Promise.all(processes.map((process) => process.stop()));
            await world.revive(processes);
          };
        },
      };
    },
  };
}
