import { kafkaLogFor } from '#bus-kafka';
import { loadSettings } from '#config';
import { systemClock } from '#kernel';
import { createTelemetry } from '#observability';
import { runProcess } from '#runtime';
import { Database } from '#storage';
import { startConversation } from './start-conversation.js';

await runProcess((env) => {
  const { instance, kafkaBrokers, logLevel, mongoUrl, opsHost, opsPort } = loadSettings('conversation', env);
  const telemetry = createTelemetry({ service: 'conversation', instance, logLevel });
  const log = kafkaLogFor('conversation', { instance, kafkaBrokers }, telemetry.logger);
  const database = new Database({ url: mongoUrl, appName: 'hecto-conversation' });
  return {
    telemetries: [telemetry],
    opsHost,
    opsPort,
    servers: { log: (timeoutMs) => log.ping(timeoutMs), mongodb: (timeoutMs) => database.ping(timeoutMs) },
    start: async () => [await startConversation({ log, telemetry, database, instance, clock: systemClock })],
    close: async () => {
      await log.close();
      await database.close();
    },
  };
});
