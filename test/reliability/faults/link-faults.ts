import { LINK_NAMES, type LinkName } from '../world/links.js';
import { between, seconds, type Fault } from './fault.js';
import { TROUBLES } from './troubles.js';

/** The network between two parts fails: between one service and one server, or between the clients and the gateways. */
export const LINK_FAULTS: readonly Fault[] = TROUBLES.map((trouble) => ({
  name: `${trouble.name}-link`,
  draw: (random) => {
    const link: LinkName = random.pick(LINK_NAMES) ?? 'clients-gateway';
    const [{ how, strike }, holdMs] = [trouble.draw(random), between(random, ...trouble.hold)];
    return {
      what: `${link} ${how} for ${seconds(holdMs)}`,
      holdMs,
      inject: async ({ links }) => {
        await Promise.all(links.of(link).map((each) => strike(each)));
        return () => links.heal();
      },
    };
  },
}));
