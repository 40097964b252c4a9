import { welcome } from './welcome.js';

describe('welcome', () => {
  const facts = {
    urls: ['http://127.0.0.1:8080', 'http://127.0.0.1:8081'],
    adminKey: 'hk_key',
    logDir: 'data/cluster/logs',
    addresses: { mongoUrl: 'mongodb://m', kafkaBrokers: 'k:1', redisUrl: 'redis://r' },
  };

  it('names every gateway, the admin key, the logs, and a request to try', () => {
    const text = welcome(facts);
    for (const fact of [
      ...facts.urls,
      facts.adminKey,
      facts.logDir,
      'curl -s http://127.0.0.1:8080/v1/users',
      'export HECTO_ADMIN_KEY=hk_key',
    ])
      expect(text).toContain(fact);
  });

  it('begins the five minutes of the README: with its users, and their password', () => {
    const text = welcome(facts);
    for (const user of ['alice', 'bob']) expect(text).toContain(`{"userId":"${user}","password":"correct horse","nickname":"${user}"}`);
  });
});
