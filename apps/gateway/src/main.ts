import { kafkaLogFor } from '#bus-kafka';
import { RedisCounters } from '#cache';
import { loadSettings, warnOfDevelopmentKeys } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { startGateway } from './start-gateway.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, opsHost, opsPort, redisUrl, ...config } = loadSettings('gateway', env);
  const telemetry = createTelemetry({ service: 'gateway', instance, logLevel });
  warnOfDevelopmentKeys(config, telemetry.logger);
  const log = kafkaLogFor('gateway', { instance, kafkaBrokers }, telemetry.logger);
  const counters = new RedisCounters({ url: redisUrl, logger: telemetry.logger });
  return {
    telemetries: [telemetry],
    opsHost,
    opsPort,
    // Not Redis: without it limits hold per process, and nobody is turned away for that.
    servers: { log: (timeoutMs) => log.ping(timeoutMs) },
    start: async () => [await startGateway({ log, telemetry, counters, instance, config, clock: systemClock })],
    close: async () => {
      await log.close();
      await counters.close();
    },
  };
});
