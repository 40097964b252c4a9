import type { Random } from '../workload/random.js';
import type { World } from '../world/world.js';

/** Undoes what a strike has done; resolves when everything runs again. */
export type Heal = () => Promise<void>;

/** One fault with all its choices made. */
export interface Strike {
  /** For people: "kill -9 of message process 2". */
  what: string;
  /** How long it stays (ms). */
  holdMs: number;
  inject(world: World): Promise<Heal>;
}

/** A kind of fault. To add one: write it in a file of its own here, and name it in ALL_FAULTS. */
export interface Fault {
  name: string;
  /** Members of MongoDB's replica set, brokers of Kafka, or disks of their own, without which it makes no sense. */
  needs?: { mongoMembers?: 3; brokers?: 3; disk?: 'mongo' | 'kafka' };
  /** Every choice comes from `random`: the same seed draws the same strike. */
  draw(random: Random): Strike;
}

export const SECOND = 1000;

/** In ms, from seconds. */
export function between(random: Random, least: number, most: number): number {
  return random.whole(least * SECOND, most * SECOND);
}

/** For a sentence: `12.3 s`. */
export function seconds(ms: number): string {
  return `${(ms / SECOND).toFixed(1)} s`;
}
