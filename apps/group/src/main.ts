import { kafkaLogFor } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startGroup } from './start-group.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, mongoUrl, opsHost, opsPort } = loadSettings('group', env);
  const telemetry = createTelemetry({ service: 'group', instance, logLevel });
  const log = kafkaLogFor('group', { instance, kafkaBrokers }, telemetry.logger);
  const database = new Database({ url: mongoUrl, appName: 'hecto-group' });
  return {
    telemetries: [telemetry],
    opsHost,
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startGroup({ log, telemetry, database, instance, clock: systemClock })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
