import type { Connection, Device } from './devices.js';

/** One call that sends. */
export interface Attempt {
  line: number;
  /** When it was called, milliseconds since the epoch. */
  at: number;
  /** Infinity: it never returned. */
  end: number;
  device: Device;
  /** Undefined over HTTP. */
  connection: Connection | undefined;
  digest: string;
  outcome: 'ok' | 'refused' | 'unknown';
  code?: string | undefined;
  /** Of an `ok`. */
  answer?: { seq: number; messageId: string; replayed: boolean };
}

/** The send that a stored message came from, with all its attempts. */
export interface SentAs {
  readonly attempts: readonly Attempt[];
  readonly answered: readonly Attempt[];
  /** The line before which it can't have been stored. */
  readonly firstLine: number;
  readonly lines: readonly number[];
  readonly name: string;
}
