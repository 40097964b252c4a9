import { MemoryCounters } from '#cache';
import type { SettingsOf } from '#config';
import { systemClock } from '#kernel';
import type { Telemetry } from '#observability';
import type { RunningHttpService, RunningService } from '#runtime';
import { startConversation } from '../../conversation/src/start-conversation.js';
import { startGateway } from '../../gateway/src/start-gateway.js';
import { startGroup } from '../../group/src/start-group.js';
import { startMessage } from '../../message/src/start-message.js';
import { startUser } from '../../user/src/start-user.js';
import type { Secrets } from './secrets.js';
import type { StandaloneServers } from './standalone-servers.js';

export const SERVICE_NAMES = ['gateway', 'message', 'conversation', 'group', 'user'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export interface StandaloneParts {
  settings: SettingsOf<'standalone'>;
  secrets: Secrets;
  servers: StandaloneServers;
  telemetries: Readonly<Record<ServiceName, Telemetry>>;
}

export interface StandaloneServices {
  url: string;
  all: readonly RunningService[];
}

/** The five services on one log and one database. The gateway comes last and goes first, so that nobody is let in to closed doors. */
export async function startServices({ settings, secrets, servers, telemetries }: StandaloneParts): Promise<StandaloneServices> {
  const { log, database } = servers;
  const partsOf = (service: ServiceName) => ({
    log,
    database,
    telemetry: telemetries[service],
    instance: settings.instance,
    clock: systemClock,
  });
  const inner = await Promise.all([
    startMessage(partsOf('message')),
    startConversation(partsOf('conversation')),
    startGroup(partsOf('group')),
    startUser({ ...partsOf('user'), config: { jwtKeys: secrets.jwtKeys } }),
  ]);
  const gateway = await startGateway({ ...partsOf('gateway'), config: { ...settings, ...secrets }, counters: new MemoryCounters() });
  return { url: gateway.url, all: [gateway, ...inner.map((service) => closingAfter(gateway, service))] };
}

function closingAfter(gateway: RunningHttpService, service: RunningService): RunningService {
  const close = async () => {
    await gateway.close();
    await service.close();
  };
  return { name: service.name, readiness: () => service.readiness(), close };
}
