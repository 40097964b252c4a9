import type { StoredEvent } from '#contracts';
import type { DatabaseRequest } from '../mongo/document-store.js';
import type { Plain } from '../mongo/documents.js';

/** What a process asks of the world. Each is a point at which the search may let anything else happen first. */
export type Call =
  | { kind: 'database'; request: DatabaseRequest }
  | { kind: 'transaction' }
  | { kind: 'publish'; records: PublishedRecord[] }
  | { kind: 'answer'; answers: GivenAnswer[] }
  /** Offsets of the records that are set aside. */
  | { kind: 'setAside'; origins: string[] };

export interface PublishedRecord {
  partition: number;
  events: StoredEvent[];
}

/** `to` names the record: `<partition>/<offset>`. */
export type GivenAnswer = { to: string; value: object } | { to: string; error: string };

export interface PendingCall {
  /** How many calls its process had made before, since it was at rest. */
  n: number;
  call: Call;
}

/** What the world answers. `lost`: the compare-and-set failed. `away`, `timeout`: as the storage and the log report them. */
export type Reply = { ok: Plain } | { error: 'lost' | 'away' | 'timeout' } | { error: 'fault'; message: string };
