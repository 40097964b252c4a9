import { KafkaLog } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startMessage } from './start-message.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, mongoUrl, opsPort } = loadSettings('message', env);
  const telemetry = createTelemetry({ service: 'message', instance, logLevel });
  const log = new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `message-${instance}`,
    report: (what, error) => telemetry.logger.warn({ err: error }, what),
    // Thrown where nobody handles it: the process ends, and whoever runs it starts it again.
    onFatal: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
  const database = new Database({ url: mongoUrl, appName: 'hecto-message' });
  return {
    telemetries: [telemetry],
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startMessage({ log, telemetry, database, instance, clock: systemClock })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
