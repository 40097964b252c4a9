import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../history/history.js';
import type { Connection } from './connection.js';
import type { Cursors } from './cursors.js';
import { SILENCE, type Outcome } from './outcome.js';
import type { SocketCalls, SocketOperation } from './socket-calls.js';

const RETRY_MS = 200;

/** Reading requests over one connection, whose answers the device's cursors learn from. */
export class Requests {
  constructor(
    private readonly connection: Connection,
    private readonly calls: SocketCalls,
    private readonly cursors: Cursors,
  ) {}

  ask(operation: SocketOperation): Promise<Outcome<Answer>> {
    return new Promise((resolve) => {
      this.calls.ask(this.connection, operation, (outcome) => {
        if (outcome.outcome === 'ok') this.cursors.learnAnswer(operation, outcome.answer);
        resolve(outcome);
      });
    });
  }

  /** Asks until there is an answer that is not to be repeated; `unknown` only when the connection has ended. */
  async persist(operation: SocketOperation): Promise<Outcome<Answer>> {
    while (this.connection.isWritable) {
      const outcome = await this.ask(operation);
      if (outcome.outcome !== 'unknown') return outcome;
      await sleep(outcome.retryAfterMs ?? RETRY_MS);
    }
    return SILENCE;
  }
}
