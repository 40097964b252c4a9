import type { Members } from '../world/links.js';
import { between, seconds, type Fault } from './fault.js';
import { TROUBLES } from './troubles.js';

/**
 * The network between the members of a server fails in one direction: what the others ask of one member is lost or late, while it
 * still reaches them, and while the services still reach all.
 */
export function split(server: Members): Fault {
  return {
    name: `split-${server}`,
    needs: server === 'mongo' ? { mongoMembers: 3 } : { brokers: 3 },
    draw: (random) => {
      const [trouble, place] = [random.pick(TROUBLES) ?? TROUBLES[0], random.whole(0, 2)];
      if (!trouble) throw new Error('there are no troubles');
      const [{ how, strike }, holdMs] = [trouble.draw(random), between(random, ...trouble.hold)];
      return {
        what: `${server} member ${place}: what the others ask it ${how} for ${seconds(holdMs)}`,
        holdMs,
        inject: async ({ links }) => {
          const all = links.of(`${server}-members`);
          // As many for each member, one member after the other: a broker is also a controller, and has two.
          const each = all.length / 3;
          await Promise.all(all.slice(place * each, (place + 1) * each).map((link) => strike(link)));
          return () => links.heal();
        },
      };
    },
  };
}
