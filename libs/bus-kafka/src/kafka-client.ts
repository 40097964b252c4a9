import { type ISocketFactory, Kafka, logLevel, type logCreator } from 'kafkajs';
import type { ReportTrouble } from '#bus';
import './produce-response.patch.js';
import './request-queue.patch.js';

const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 6_000;
/** How long a leader that moved without its old broker saying so, for it can't be reached, is not looked for. */
export const METADATA_MAX_AGE_MS = 15_000;

export interface ClientOptions {
  brokers: readonly string[];
  clientId: string;
  /** How connections are made; default: plain TCP. */
  socketFactory?: ISocketFactory | undefined;
  report: ReportTrouble;
}

/**
 * A client of its own for each producer, consumer and admin: consumers of one client share a cache of committed offsets by group,
 * so that one of them would start a partition where another of the same group once stood.
 */
export function kafkaClient({ brokers, clientId, socketFactory, report }: ClientOptions, retries: number): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.ERROR,
    logCreator: reportErrors(report),
    ...(socketFactory && { socketFactory }),
  });
}

const SAY_AGAIN_AFTER_MS = 10_000;

/**
 * What kafkajs calls an error is what it tries again by itself, many times a second while a broker is away: each is told now and then.
 * What it gives up is thrown or a crash, and comes another way.
 */
function reportErrors(report: ReportTrouble): logCreator {
  const told = new Map<string, number>();
  return () =>
    ({ namespace, log }) => {
      const error: unknown = log.error ?? log.message;
      const what = `${namespace}: ${String(error)}`;
      const now = performance.now();
      if (now - (told.get(what) ?? -Infinity) < SAY_AGAIN_AFTER_MS) return;
      told.set(what, now);
      report(`kafkajs ${namespace}`, error);
    };
}
