import { newId } from '#kernel';
import { adminKeys, jwtKeys } from './keys.js';
import { brokers, host, list, mongoUrl, name, oneOf, port, quota, rate, text, url, type Quota, type Rate } from './parsers.js';
import { withDefault, type Setting } from './setting.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Whom a limit counts. A log-in or a refresh token comes without an API key, and a socket's frames are counted before they are read. */
const USERS_ONLY = 'Backends with an API key have no limit.';
const EVERYONE = 'Holds for everyone, backends with an API key too.';

/** Every variable of Hecto, once. `SERVICE_SETTINGS` says which program reads which. */
export const SETTING = {
  logLevel: withDefault(
    { variable: 'HECTO_LOG_LEVEL', about: `The least severe lines that are logged: ${LOG_LEVELS.join(', ')}.`, parse: oneOf(LOG_LEVELS) },
    'info',
  ),
  instance: {
    variable: 'HECTO_INSTANCE_ID',
    about: 'Tells the processes of one service apart, in logs and in names of consumer groups; no two at a time may have the same.',
    parse: name,
    fallback: { value: () => newId().toLowerCase(), shown: 'a new one at every start' },
  },
  opsHost: withDefault(
    {
      variable: 'HECTO_OPS_HOST',
      about: 'The address that `HECTO_OPS_PORT` is opened on; `0.0.0.0` is every one. The container image sets `0.0.0.0`.',
      parse: host,
    },
    '127.0.0.1',
  ),
  opsPort: { variable: 'HECTO_OPS_PORT', about: 'Where `/health/live`, `/health/ready` and `/metrics` are. Keep it private.', parse: port },
  kafkaBrokers: {
    variable: 'HECTO_KAFKA_BROKERS',
    about: 'The Kafka brokers to begin with.',
    parse: brokers,
    example: 'kafka-1:9092,kafka-2:9092',
  },
  mongoUrl: {
    variable: 'HECTO_MONGO_URL',
    about: 'The MongoDB replica set or cluster. Its path names the database (default `hecto`).',
    parse: mongoUrl,
    example: 'mongodb://mongo:27017/hecto?replicaSet=rs0',
    secret: true,
  },
  redisUrl: {
    variable: 'HECTO_REDIS_URL',
    about: 'Redis, for what processes share and may lose: counters of log-ins and registrations.',
    parse: url(['redis:', 'rediss:']),
    example: 'redis://redis:6379',
    secret: true,
  },
  jwtKeys: {
    variable: 'HECTO_JWT_KEYS',
    about:
      'The secrets of access tokens, `<key id>=<secret>`, at least 32 characters each. The first signs, all verify. To rotate: add the new key at the end, in every gateway and user service, and restart them all; then move it to the front, and restart them again; remove the old key 15 minutes after the last of them runs.',
    parse: jwtKeys,
    example: '2026-11=<32 random characters or more>',
    secret: true,
  },
  adminKeys: {
    variable: 'HECTO_ADMIN_KEYS',
    about: 'The API keys of your own backends, a comma list; each begins with `hk_` and has at least 32 characters.',
    parse: adminKeys,
    example: 'hk_<32 random characters or more>',
    secret: true,
    fallback: { value: (): string[] => [], shown: 'none: no backend has access' },
  },
  registration: withDefault(
    {
      variable: 'HECTO_REGISTRATION',
      about: 'Who may create users: `open` is anyone, `admin` only your backends with their keys.',
      parse: oneOf(['open', 'admin']),
    },
    'open',
  ),
  host: withDefault(
    {
      variable: 'HECTO_HOST',
      about: 'The address that `HECTO_PORT` is opened on; `0.0.0.0` is every one. The container image sets `0.0.0.0`.',
      parse: host,
    },
    '127.0.0.1',
  ),
  port: withDefault({ variable: 'HECTO_PORT', about: 'Where clients connect, by HTTP and WebSocket.', parse: port }, 8080),
  docsUrl: withDefault(
    {
      variable: 'HECTO_DOCS_URL',
      about: 'What the `type` of an error begins with: `<this>/errors/<code>`.',
      parse: url(['http:', 'https:']),
    },
    'https://hecto.invalid/docs',
  ),
  corsOrigins: {
    variable: 'HECTO_CORS_ORIGINS',
    about: 'The web origins that browsers may call from, a comma list; `*` is all.',
    parse: list,
    example: 'https://chat.example.com',
    fallback: { value: (): string[] => [], shown: 'none' },
  },
  sendRate: rateSetting('HECTO_RATE_SEND', 'Messages that one user may send on each gateway', USERS_ONLY, { perSecond: 20, burst: 60 }),
  requestRate: rateSetting('HECTO_RATE_REQUEST', 'Other requests that one user may make on each gateway', USERS_ONLY, {
    perSecond: 50,
    burst: 200,
  }),
  trustedProxies: {
    variable: 'HECTO_TRUSTED_PROXIES',
    about: 'The addresses or networks of your own proxies, a comma list: what they say in `X-Forwarded-For` is believed.',
    parse: list,
    example: '10.0.0.0/8',
    fallback: { value: (): string[] => [], shown: 'none: the peer is the client' },
  },
  registrationQuota: quotaSetting('HECTO_QUOTA_REGISTRATION', 'Users that one address may register', USERS_ONLY, {
    limit: 1000,
    windowMs: 3_600_000,
  }),
  loginAddressQuota: quotaSetting('HECTO_QUOTA_LOGIN_ADDRESS', 'Log-ins that one address may try', EVERYONE, {
    limit: 300,
    windowMs: 60_000,
  }),
  loginAccountQuota: quotaSetting('HECTO_QUOTA_LOGIN_ACCOUNT', 'Log-ins that may be tried for one account', EVERYONE, {
    limit: 20,
    windowMs: 60_000,
  }),
  refreshAddressQuota: quotaSetting('HECTO_QUOTA_REFRESH_ADDRESS', 'Refresh tokens that one address may hand in', EVERYONE, {
    limit: 1000,
    windowMs: 60_000,
  }),
  socketRate: rateSetting('HECTO_RATE_SOCKET', 'Frames that one socket may send', EVERYONE, { perSecond: 100, burst: 400 }),
  dataDir: withDefault({ variable: 'HECTO_DATA_DIR', about: 'The folder for what standalone keeps.', parse: text }, './data'),
} as const;

function rateSetting(variable: string, what: string, whom: string, value: Rate): Setting<Rate> {
  const about = `${what}, \`<a second>/<at once>\`. ${whom}`;
  return withDefault({ variable, about, parse: rate }, value, `${value.perSecond}/${value.burst}`);
}

function quotaSetting(variable: string, what: string, whom: string, value: Quota): Setting<Quota> {
  const about = `${what}, over all gateways, \`<so many>/<seconds>\`. ${whom}`;
  return withDefault({ variable, about, parse: quota }, value, `${value.limit}/${value.windowMs / 1000}`);
}
