import type { Stage } from '../start-stage.js';

/** Many at once who do what nobody should. */
export interface Crowd {
  name: string;
  /** Resolves when they stand ready. */
  gather(stage: Stage): Promise<void>;
  /** What they do for so long; resolves when they are done. */
  act(seconds: number): Promise<void>;
  /** They go; returns what became of them. */
  leave(): string;
  /** What they should not have got. */
  readonly broken: readonly string[];
}

export interface CrowdSizes {
  silentReaders: number;
  mutes: number;
  strangers: number;
}
