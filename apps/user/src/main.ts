import { KafkaLog } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startUser } from './start-user.js';

await runProcess((env) => {
  const { instance, jwtKeys, kafkaBrokers, logLevel, mongoUrl, opsPort } = loadSettings('user', env);
  const telemetry = createTelemetry({ service: 'user', instance, logLevel });
  const log = new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `user-${instance}`,
    report: (what, error) => telemetry.logger.warn({ err: error }, what),
    // Thrown where nobody handles it: the process ends, and whoever runs it starts it again.
    onFatal: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
  const database = new Database({ url: mongoUrl, appName: 'hecto-user' });
  return {
    telemetries: [telemetry],
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startUser({ log, telemetry, database, instance, clock: systemClock, config: { jwtKeys } })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
