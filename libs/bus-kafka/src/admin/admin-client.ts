import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { type ClientOptions, kafkaClient } from '../kafka-client.js';

const RETRIES = 4;
/** kafkajs tries brokers and requests in nested loops, each with its own patience: a broker that is paused can hold it for minutes. */
const ANSWER_WITHIN_MS = 12_000;

/**
 * A client of kafkajs, for one question after another: it knows one topic's leaders at a time, so that of two questions at once one
 * is answered from what the other needed to know.
 */
export class AdminClient {
  private readonly admin: Promise<Admin>;

  constructor(options: ClientOptions) {
    const admin = kafkaClient(options, RETRIES).admin();
    this.admin = admin.connect().then(() => admin);
  }

  /** Rejects as kafkajs does, or after `ANSWER_WITHIN_MS`. */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const timer = new AbortController();
    const tooLate = sleep(ANSWER_WITHIN_MS, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`no answer within ${ANSWER_WITHIN_MS} ms`);
    });
    try {
      return await Promise.race([this.admin.then(question), tooLate]);
    } finally {
      tooLate.catch(() => undefined);
      timer.abort();
    }
  }

  /** Never rejects. */
  async disconnect(): Promise<void> {
    await this.admin.then((admin) => admin.disconnect()).catch(() => undefined);
  }
}
