import { setTimeout as sleep } from 'node:timers/promises';
import type { TcpLink } from '#testing';
import type { Random } from '../workload/random.js';
import { seconds } from './fault.js';

/** What can be wrong with a network. */
export interface Trouble {
  name: string;
  /** How long it may stay, in seconds. */
  hold: readonly [least: number, most: number];
  /** All choices made: what it does to each connection of a link, in words and in deed. */
  draw(random: Random): { how: string; strike: (link: TcpLink) => Promise<void> };
}

const CUTS = 5;
const CUT_EVERY_MS = 700;

export const TROUBLES: readonly Trouble[] = [
  { name: 'slow', hold: [5, 15], draw: (random) => slow(random.whole(50, 1500)) },
  { name: 'cut', hold: [0, 1], draw: () => ({ how: `cut ${CUTS} times`, strike: cutAgainAndAgain }) },
  { name: 'torn', hold: [3, 8], draw: () => ({ how: 'closed in the middle of data', strike: now((link) => link.tear()) }) },
  { name: 'dead', hold: [3, 30], draw: () => ({ how: 'a black hole', strike: now((link) => link.hold()) }) },
  { name: 'refused', hold: [2, 15], draw: () => ({ how: 'refusing connections', strike: (link) => link.refuse() }) },
];

function slow(latencyMs: number): ReturnType<Trouble['draw']> {
  return { how: `slow (${seconds(latencyMs)})`, strike: now((link) => link.slow(latencyMs)) };
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
