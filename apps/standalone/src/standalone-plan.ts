import { join } from 'node:path';
import { destination, type DestinationStream } from 'pino';
import type { SettingsOf } from '#config';
import { createTelemetry, type Telemetry } from '#observability';
import type { ProcessPlan } from '#runtime';
import { banner } from './banner.js';
import { secretsOf } from './secrets.js';
import { openServers } from './standalone-servers.js';
import { SERVICE_NAMES, startServices, type ServiceName } from './start-services.js';

/** Everything in one process: what is said to a person goes to `say`, the log lines to a file in the data folder. */
export async function standalonePlan(settings: SettingsOf<'standalone'>, say: (line: string) => void): Promise<ProcessPlan> {
  const { dataDir, opsHost, opsPort } = settings;
  const logFile = join(dataDir, 'hecto.log');
  const telemetries = telemetriesOf(settings, destination({ dest: logFile, mkdir: true, sync: false }));
  const secrets = await secretsOf(settings);
  say(`Starting on the data in ${dataDir} …`);
  const servers = await openServers(settings, telemetries.gateway, say);
  return {
    telemetries: [telemetries.gateway, ...SERVICE_NAMES.slice(1).map((name) => telemetries[name])],
    opsHost,
    opsPort,
    servers: { log: () => servers.log.ping(), mongodb: (timeoutMs) => servers.database.ping(timeoutMs) },
    start: async () => {
      const { url, all } = await startServices({ settings, secrets, servers, telemetries });
      say(banner({ url, opsHost, opsPort, logFile, adminKey: secrets.adminKeys[0] ?? '' }));
      return all;
    },
    close: () => servers.close(),
  };
}

function telemetriesOf({ instance, logLevel }: SettingsOf<'standalone'>, lines: DestinationStream): Record<ServiceName, Telemetry> {
  const made = SERVICE_NAMES.map((service) => [service, createTelemetry({ service, instance, logLevel, destination: lines })] as const);
  return Object.fromEntries(made) as Record<ServiceName, Telemetry>;
}
