import type { SmallLog } from '../small-log.js';
import type { Guards } from '../world/model-setup.js';

/** The product without one of its guards, as only a test can build it. */
export interface Variant {
  name: string;
  guards: Guards;
  /** A small log, with as many troubles, on which the lack of the guard shows. */
  log: SmallLog;
  /** What the search must find: broken in another way, it would say nothing about the guard. */
  shows: RegExp;
}
