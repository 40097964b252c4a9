import type { World } from './world.js';

/** One thing that may happen next. */
export interface Step {
  label: string;
  world: World;
  /** What it breaks. */
  violation?: string | undefined;
}

export const OWNERS = ['A', 'B', 'C'];
