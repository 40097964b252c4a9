import { setTimeout as sleep } from 'node:timers/promises';
import type { TcpLink } from '#testing';
import { LINK_NAMES, type LinkName } from '../world/links.js';
import { between, seconds, type Fault } from './fault.js';
import type { Random } from '../workload/random.js';

interface Trouble {
  name: string;
  /** How long it may stay, in seconds. */
  hold: readonly [least: number, most: number];
  /** All choices made: what it does to each connection of a link, in words and in deed. */
  draw(random: Random): { how: string; strike: (link: TcpLink) => Promise<void> };
}

const CUTS = 5;
const CUT_EVERY_MS = 700;

const TROUBLES: readonly Trouble[] = [
  { name: 'slow-link', hold: [5, 15], draw: (random) => slow(random.whole(50, 1500)) },
  { name: 'cut-link', hold: [0, 1], draw: () => ({ how: `cut ${CUTS} times`, strike: cutAgainAndAgain }) },
  { name: 'torn-link', hold: [3, 8], draw: () => ({ how: 'closed in the middle of data', strike: now((link) => link.tear()) }) },
  { name: 'dead-link', hold: [3, 30], draw: () => ({ how: 'a black hole', strike: now((link) => link.hold()) }) },
  { name: 'refused-link', hold: [2, 15], draw: () => ({ how: 'refusing connections', strike: (link) => link.refuse() }) },
];

/** The network between two parts fails: between one service and one server, or between the clients and the gateways. */
export const LINK_FAULTS: readonly Fault[] = TROUBLES.map((trouble) => ({
  name: trouble.name,
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

function slow(latencyMs: number): ReturnType<Trouble['draw']> {
  return { how: `slow (${latencyMs} ms)`, strike: now((link) => link.slow(latencyMs)) };
}

function now(act: (link: TcpLink) => void): (link: TcpLink) => Promise<void> {
  return (link) => {
    act(link);
    return Promise.resolve();
  };
}

async function cutAgainAndAgain(link: TcpLink): Promise<void> {
  for (let n = 0; n < CUTS; n++) {
    link.cut();
    await sleep(CUT_EVERY_MS);
  }
}
