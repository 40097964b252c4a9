import fc from 'fast-check';
import { ConfigError, loadSettings, type Program } from './index.js';
import { SERVICE_SETTINGS } from './service-settings.js';

const secret = 'x'.repeat(32);
const gateway = {
  HECTO_KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
  HECTO_REDIS_URL: 'redis://127.0.0.1:6379',
  HECTO_JWT_KEYS: `new=${secret}a,old=${secret}=b`,
};

function problemsOf(program: Program, env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadSettings(program, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadSettings', () => {
  it('reads what is set and gives the defaults for the rest', () => {
    const config = loadSettings('gateway', { ...gateway, HECTO_RATE_SEND: '5/9', HECTO_ADMIN_KEYS: `hk_${secret}` });
    expect(config).toMatchObject({
      kafkaBrokers: ['kafka-1:9092', 'kafka-2:9092'],
      jwtKeys: [
        { kid: 'new', secret: `${secret}a` },
        { kid: 'old', secret: `${secret}=b` },
      ],
      adminKeys: [`hk_${secret}`],
      port: 8080,
      opsPort: 9100,
      registration: 'open',
      logLevel: 'info',
      sendRate: { perSecond: 5, burst: 9 },
    });
  });

  it('gives each process an instance id of its own unless one is set', () => {
    expect(loadSettings('gateway', gateway).instance).not.toBe(loadSettings('gateway', gateway).instance);
    expect(loadSettings('gateway', { ...gateway, HECTO_INSTANCE_ID: 'gateway-1' }).instance).toBe('gateway-1');
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(loadSettings('gateway', gateway))).toBe(true);
  });

  it('names everything that is missing or wrong at once, with the variable to set', () => {
    const problems = problemsOf('user', { HECTO_KAFKA_BROKERS: 'kafka', HECTO_OPS_PORT: '99999', HECTO_LOG_LEVEL: 'loud' });
    expect(problems).toEqual([
      'HECTO_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
      'HECTO_OPS_PORT must be a port, 0 to 65535',
      'HECTO_KAFKA_BROKERS must be a comma list of host:port',
      expect.stringMatching(/^HECTO_MONGO_URL is not set\. .*Example: mongodb:/),
      expect.stringMatching(/^HECTO_JWT_KEYS is not set\. /),
    ]);
  });

  it.each([
    [{ HECTO_JWT_KEYS: 'a=short' }, 'HECTO_JWT_KEYS needs secrets of at least 32 characters; that of a is shorter'],
    [{ HECTO_JWT_KEYS: secret }, 'HECTO_JWT_KEYS must be <key id>=<secret>, …; key 1 is not'],
    [{ HECTO_JWT_KEYS: `a=${secret},a=${secret}` }, 'HECTO_JWT_KEYS names a key id twice'],
    [{ HECTO_JWT_KEYS: ',' }, 'HECTO_JWT_KEYS must name at least one key: <key id>=<secret>'],
    [{ HECTO_ADMIN_KEYS: secret }, 'HECTO_ADMIN_KEYS needs keys that begin with hk_ and have at least 32 characters; key 1 does not'],
    [{ HECTO_REDIS_URL: 'http://redis' }, 'HECTO_REDIS_URL must be an address that begins with redis:// or rediss://'],
    [{ HECTO_HOST: 'http://a' }, 'HECTO_HOST must be an address or a host name'],
    [{ HECTO_REGISTRATION: 'closed' }, 'HECTO_REGISTRATION must be one of open, admin'],
    [{ HECTO_RATE_SEND: '0/5' }, 'HECTO_RATE_SEND must be <a second>/<at once>, for example 20/60'],
    [{ HECTO_INSTANCE_ID: 'a b' }, 'HECTO_INSTANCE_ID must be 1–64 of A-Z a-z 0-9 . _ -'],
  ])('refuses %j', (wrong, problem) => {
    expect(problemsOf('gateway', { ...gateway, ...wrong })).toEqual([problem]);
  });

  it('takes a MongoDB URL of several hosts', () => {
    const url = 'mongodb://a:1,b:2/hecto?replicaSet=rs0';
    expect(loadSettings('group', { ...gateway, HECTO_MONGO_URL: url }).mongoUrl).toBe(url);
    expect(problemsOf('group', { ...gateway, HECTO_MONGO_URL: 'postgres://a' })).toHaveLength(1);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadSettings('gateway', { ...gateway, HECTO_PORT: '' }).port).toBe(8080);
  });

  it('listens on this machine alone unless told otherwise', () => {
    expect(loadSettings('gateway', gateway)).toMatchObject({ host: '127.0.0.1', opsHost: '127.0.0.1' });
    expect(loadSettings('standalone', { HECTO_HOST: '::', HECTO_OPS_HOST: 'ops.internal' })).toMatchObject({
      host: '::',
      opsHost: 'ops.internal',
    });
  });

  it('lets standalone start with nothing set', () => {
    expect(loadSettings('standalone', {})).toMatchObject({ dataDir: './data', mongoUrl: undefined, jwtKeys: undefined, port: 8080 });
  });

  it('never repeats the text of a secret', () => {
    const secrets = Object.values(SERVICE_SETTINGS.user).filter((setting) => 'secret' in setting);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.string({ minLength: 12 }), ({ variable }, value) => {
        const shown = problemsOf('user', { ...gateway, HECTO_MONGO_URL: 'mongodb://m', [variable]: value }).join();
        expect(shown).not.toContain(value.trim() || 'nothing');
      }),
    );
  });
});
