import type { Quota, SettingsOf } from '#config';
import type { SharedLimitName } from './rate-limits/shared-limits.js';

/** What the gateway is told by its settings, beside where its servers are. */
export type GatewayConfig = Omit<SettingsOf<'gateway'>, 'logLevel' | 'instance' | 'opsHost' | 'opsPort' | 'kafkaBrokers' | 'redisUrl'>;

export function quotasOf(config: GatewayConfig): Record<SharedLimitName, Quota> {
  return {
    registration: config.registrationQuota,
    'login-address': config.loginAddressQuota,
    'login-account': config.loginAccountQuota,
    'refresh-address': config.refreshAddressQuota,
  };
}
