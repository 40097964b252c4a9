import { banner } from './banner.js';

describe('the banner', () => {
  const text = banner({ url: 'http://0.0.0.0:8080', opsHost: '::', opsPort: 9100, adminKey: 'hk_key', logFile: 'data/hecto.log' });

  it('names an address that works on this machine, and the admin key as hecto wants it', () => {
    for (const fact of [
      'http://127.0.0.1:8080/docs',
      'http://127.0.0.1:9100/health/ready',
      'export HECTO_ADMIN_KEY=hk_key',
      'data/hecto.log',
    ])
      expect(text).toContain(fact);
  });

  it('begins the five minutes of the README: with its users, and their password', () => {
    for (const user of ['alice', 'bob']) expect(text).toContain(`{"userId":"${user}","password":"correct horse","nickname":"${user}"}`);
  });
});
