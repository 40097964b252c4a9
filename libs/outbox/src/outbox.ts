import type { ClientSession } from 'mongodb';

/** What a committed change must say to the others. Written in the change's own transaction, appended after it, then removed. */
export interface OutboxEntry {
  /** Random; a command uses it as its `commandId`, so that repeating it changes nothing. */
  id: string;
  /** The thing that changed, for example a group id: entries of one entity are appended in the order of `version`. */
  entity: string;
  /** Of the entity, raised in the same transaction. With several entries for one change: their order within it is `part`. */
  version: number;
  part: number;
  topic: string;
  key: string;
  type: string;
  payload: object;
  /** A command to the message service: the entry is done only when it has been answered. */
  awaitsAnswer: boolean;
}

/** Every write of a service that others must learn of goes through one of these. */
export interface Outbox {
  /** Adds entries within the transaction of `session`. */
  add(session: ClientSession, entries: readonly OutboxEntry[]): Promise<void>;
  /**
   * Appends what waits for this entity and waits for the answers that are owed; resolves when nothing waits any more. Entries of one
   * topic and key go in the order of (version, part), each after the one before is durable and, if it awaits an answer, answered;
   * repeats may follow, never a first appearance out of order. Call it after the commit: "joined" is answered only after it.
   *
   * Rejects like `Bus.command` when the outcome is unknown; the relay goes on trying by itself. An entry that is refused for good (an
   * error that is not retryable) is dropped, and whoever flushes is told: with `version`, only of that version's refusal.
   */
  flush(entity: string, version?: number): Promise<void>;
}
