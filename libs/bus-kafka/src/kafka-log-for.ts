import { KafkaLog } from './kafka-log.js';

interface KafkaSettings {
  /** Tells this process from the others of its service. */
  instance: string;
  kafkaBrokers: readonly string[];
}

/** A logger as pino has it. */
interface TroubleLogger {
  warn(fields: { err: unknown }, what: string): void;
}

/** The log of a process of its own: it says what went wrong on the way, and ends with a subscription that ended for good. */
export function kafkaLogFor(service: string, { instance, kafkaBrokers }: KafkaSettings, logger: TroubleLogger): KafkaLog {
  return new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `${service}-${instance}`,
    report: (what, error) => logger.warn({ err: error }, what),
    // Thrown where nobody handles it: the process ends, and whoever runs it starts it again.
    onFatal: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
}
