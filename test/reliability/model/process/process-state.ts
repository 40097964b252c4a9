import type { PartitionState } from '#bus';
import type { Plain } from '../mongo/documents.js';
import type { PendingCall, Reply } from './calls.js';

/** A message process as data: what it knew when nothing ran in it, and what has happened to it since. */
export interface ProcessState {
  rest: Rest;
  script: ProcessInput[];
}

export interface Rest {
  caches: CacheSnapshot[];
  /** By partition: the next offset to take; partitions that wait for being placed are left out. */
  next: [number, number][];
  /** By partition: what is handled and not committed. */
  dirty: [number, number][];
  /** Whatever else a variant remembers. */
  memory: Plain;
}

export interface CacheSnapshot {
  partition: number;
  epoch: number;
  offset: number;
  conversations: [string, Plain][];
  windows: [string, Plain][];
}

export type ProcessInput =
  /** It is given a partition, or finds a new start after a rejected train. */
  | { kind: 'place'; state: PartitionState }
  | { kind: 'revoke'; partition: number }
  /** A train of the next so many records of each partition. */
  | { kind: 'depart'; takes: [number, number][] }
  | { kind: 'committed' }
  /** Replies of one wave came to calls that were made side by side, and the order in which they came changes nothing. */
  | { kind: 'reply'; n: number; reply: Reply; wave: 'load' | 'tell' | undefined };

/** What the world sees of a process. */
export interface ProcessView {
  calls: PendingCall[];
  running: boolean;
  placing: number[];
  /** By partition that is placed: the next offset to take. */
  next: Map<number, number>;
  dirty: Map<number, number>;
  /** Partitions of the running train. */
  train: number[];
}

export const FRESH: ProcessState = { rest: { caches: [], next: [], dirty: [], memory: null }, script: [] };
