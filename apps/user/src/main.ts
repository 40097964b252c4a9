import { kafkaLogFor } from '#bus-kafka';
import { loadSettings, warnOfDevelopmentKeys } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startUser } from './start-user.js';

await runProcess((env) => {
  const { instance, jwtKeys, kafkaBrokers, logLevel, mongoUrl, opsHost, opsPort } = loadSettings('user', env);
  const telemetry = createTelemetry({ service: 'user', instance, logLevel });
  warnOfDevelopmentKeys({ jwtKeys }, telemetry.logger);
  const log = kafkaLogFor('user', { instance, kafkaBrokers }, telemetry.logger);
  const database = new Database({ url: mongoUrl, appName: 'hecto-user' });
  return {
    telemetries: [telemetry],
    opsHost,
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startUser({ log, telemetry, database, instance, clock: systemClock, config: { jwtKeys } })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
