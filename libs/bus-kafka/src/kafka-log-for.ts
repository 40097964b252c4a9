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

/** The log of a process of its own: it says what went wrong on the way, and goes on. */
export function kafkaLogFor(service: string, { instance, kafkaBrokers }: KafkaSettings, logger: TroubleLogger): KafkaLog {
  return new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `${service}-${instance}`,
    report: (what, error) => logger.warn({ err: error }, what),
  });
}
