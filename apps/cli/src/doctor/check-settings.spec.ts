import { checkClusterSettings, checkStandaloneSettings } from './check-settings.js';

describe('the doctor on settings', () => {
  it('names every missing one once, with who needs it', async () => {
    const findings = await checkClusterSettings({ HECTO_KAFKA_BROKERS: 'localhost:9092', HECTO_REDIS_URL: 'redis://localhost' });
    expect(findings.map(({ ok }) => ok)).toEqual([false, false]);
    expect(findings.map(({ detail }) => detail).sort()).toEqual([
      expect.stringMatching(/^gateway, user: HECTO_JWT_KEYS is not set\./),
      expect.stringMatching(/^message, conversation, group, user: HECTO_MONGO_URL is not set\./),
    ]);
  });

  it('is content with a standalone server that sets nothing', async () => {
    expect(await checkStandaloneSettings({})).toEqual([{ part: 'settings', ok: true, detail: 'those of standalone are complete' }]);
  });
});
