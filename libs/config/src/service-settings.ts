import { optional, withDefault, type Settings } from './setting.js';
import { SETTING } from './settings.js';

const { logLevel, instance, opsHost, opsPort, kafkaBrokers, mongoUrl, redisUrl, jwtKeys, dataDir } = SETTING;
const { adminKeys, registration, host, port, docsUrl, corsOrigins, sendRate, requestRate, socketRate } = SETTING;
const { trustedProxies, registrationQuota, loginAddressQuota, loginAccountQuota, refreshAddressQuota } = SETTING;

const limits = { sendRate, requestRate, socketRate, registrationQuota, loginAddressQuota, loginAccountQuota, refreshAddressQuota };
const edge = { host, port, adminKeys, registration, docsUrl, corsOrigins, trustedProxies, ...limits };
const process = { logLevel, instance, opsHost };

/** Which program reads which settings. Each of them has its own default port for health and metrics, so that all run on one machine. */
export const SERVICE_SETTINGS = {
  gateway: { ...process, opsPort: withDefault(opsPort, 9100), kafkaBrokers, redisUrl, jwtKeys, ...edge },
  message: { ...process, opsPort: withDefault(opsPort, 9101), kafkaBrokers, mongoUrl },
  conversation: { ...process, opsPort: withDefault(opsPort, 9102), kafkaBrokers, mongoUrl },
  group: { ...process, opsPort: withDefault(opsPort, 9103), kafkaBrokers, mongoUrl },
  user: { ...process, opsPort: withDefault(opsPort, 9104), kafkaBrokers, mongoUrl, jwtKeys },
  standalone: {
    ...process,
    opsPort: withDefault(opsPort, 9100),
    ...edge,
    dataDir,
    mongoUrl: optional(mongoUrl, 'standalone finds or fetches a MongoDB of its own'),
    adminKeys: { ...adminKeys, fallback: { ...adminKeys.fallback, shown: 'standalone makes one and keeps it in its data folder' } },
    jwtKeys: optional(jwtKeys, 'standalone makes one and keeps it in its data folder'),
  },
} as const;

export type Program = keyof typeof SERVICE_SETTINGS;
export type SettingsOf<Name extends Program> = Settings<(typeof SERVICE_SETTINGS)[Name]>;
