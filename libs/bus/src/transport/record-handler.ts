import type { RecordContext } from './record-context.js';

/** A controller's method as the transport calls it; rejects with what the method threw. */
export type RecordHandler = (payload: unknown, context: RecordContext) => Promise<unknown>;

/** One subscription's worth of work. */
export interface Consumer {
  /** Resolves when it takes records. */
  start(): Promise<void>;
  /** Takes nothing new and ends what runs. */
  stop(): Promise<void>;
}
