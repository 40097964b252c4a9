import { KINDS } from '../world/world.js';
import type { Fault } from './fault.js';
import { flushRedis } from './flush-redis.js';
import { fullDisk } from './full-disk.js';
import { killAll, killTwoKinds } from './kill-all.js';
import { killOne } from './kill-one.js';
import { killStarting } from './kill-starting.js';
import { LINK_FAULTS } from './link-faults.js';
import { pause } from './pause.js';
import { poison } from './poison.js';
import { killPrimary, pausePrimary } from './primary.js';
import { restartGateways } from './restart-gateways.js';
import { scaleMessage } from './scale-message.js';
import { split } from './split.js';

/** Every kind of fault; a run plays them all in turn, in an order that its seed makes. */
export const ALL_FAULTS: readonly Fault[] = [
  ...KINDS.map(killOne),
  killAll,
  killTwoKinds,
  killStarting,
  ...(['message', 'gateway', 'kafka', 'mongo'] as const).map(pause),
  killPrimary,
  pausePrimary,
  scaleMessage,
  restartGateways,
  ...LINK_FAULTS,
  flushRedis,
  poison,
  fullDisk('mongo'),
  fullDisk('kafka'),
  split('mongo'),
  split('kafka'),
];

/** Those that need neither three members nor a disk of their own, and so run anywhere. */
const ANYWHERE = ALL_FAULTS.filter(({ needs }) => needs === undefined);

/**
 * A comma list of `all` that `brokers` allow, `anywhere`, names, and names to leave out with a `-` before them. Throws a sentence that
 * names what there is.
 */
export function chooseFaults(list: string, brokers: 1 | 3 = 1): readonly Fault[] {
  const words = list.split(',');
  const out = new Set(words.filter((word) => word.startsWith('-')).flatMap((word) => named(word.slice(1), brokers)));
  return words.filter((word) => !word.startsWith('-')).flatMap((word) => named(word, brokers).filter((fault) => !out.has(fault)));
}

function named(name: string, brokers: 1 | 3): readonly Fault[] {
  // Two cores carry three brokers, but not at the rate that the other faults are played at.
  if (name === 'all') return ALL_FAULTS.filter(({ needs }) => needs?.brokers !== 3 || brokers === 3);
  if (name === 'anywhere') return ANYWHERE;
  const fault = ALL_FAULTS.find((each) => each.name === name);
  if (!fault) throw new Error(`There is no fault ${name}; there are all, anywhere, ${ALL_FAULTS.map((each) => each.name).join(', ')}`);
  return [fault];
}
