import type { Connection } from './connection.js';

/** What one type of frame means. */
export interface RequestHandler {
  /**
   * The answer's data. Called in the order of a socket's frames, and what happens before the first await happens in that order.
   * What is thrown becomes the error frame.
   */
  answer(connection: Connection, data: unknown): Promise<object>;
}
