import type { Clock } from '#kernel';
import { PingFrame, type AnswerData } from '#contracts';
import { readInput } from '../../input/read-input.js';
import type { Connection } from '../connection.js';
import type { RequestHandler } from '../request-handler.js';

/** "I am here." */
export class PingHandler implements RequestHandler {
  constructor(private readonly clock: Clock) {}

  // Async, so that wrong data rejects like everywhere else.
  async answer(_connection: Connection, data: unknown): Promise<AnswerData<'ping'>> {
    readInput(PingFrame, data);
    return await Promise.resolve({ serverTime: new Date(this.clock.now()).toISOString() });
  }
}
