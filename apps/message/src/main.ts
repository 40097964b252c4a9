import { kafkaLogFor } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startMessage } from './start-message.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, mongoUrl, opsHost, opsPort } = loadSettings('message', env);
  const telemetry = createTelemetry({ service: 'message', instance, logLevel });
  const log = kafkaLogFor('message', { instance, kafkaBrokers }, telemetry.logger);
  const database = new Database({ url: mongoUrl, appName: 'hecto-message' });
  return {
    telemetries: [telemetry],
    opsHost,
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startMessage({ log, telemetry, database, instance, clock: systemClock })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
