import { KafkaLog } from '#bus-kafka';
import { RedisCounters } from '#cache';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { startGateway } from './start-gateway.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, opsPort, redisUrl, ...config } = loadSettings('gateway', env);
  const telemetry = createTelemetry({ service: 'gateway', instance, logLevel });
  const log = new KafkaLog({
    brokers: kafkaBrokers,
    clientId: `gateway-${instance}`,
    report: (what, error) => telemetry.logger.warn({ err: error }, what),
    // Thrown where nobody handles it: the process ends, and whoever runs it starts it again.
    onFatal: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
  const counters = new RedisCounters({ url: redisUrl, logger: telemetry.logger });
  return {
    telemetries: [telemetry],
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
