import { KafkaLog } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startGroup } from './start-group.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, mongoUrl, opsPort } = loadSettings('group', env);
  const telemetry = createTelemetry({ service: 'group', instance, logLevel });
  const log = new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `group-${instance}`,
    report: (what, error) => telemetry.logger.warn({ err: error }, what),
    // Thrown where nobody handles it: the process ends, and whoever runs it starts it again.
    onFatal: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
  const database = new Database({ url: mongoUrl, appName: 'hecto-group' });
  return {
    telemetries: [telemetry],
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startGroup({ log, telemetry, database, instance, clock: systemClock })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
