import { Database } from './database.js';

describe('the database that a URL names', () => {
  it.each([
    ['mongodb://a:1/chat?replicaSet=rs0', 'chat'],
    ['mongodb://a:1,b:2,c:3/chat?replicaSet=rs0', 'chat'],
    ['mongodb://a:1,b:2/?replicaSet=rs0', 'hecto'],
    ['mongodb://a:1', 'hecto'],
  ])('in %s is %s', (url, name) => {
    expect(new Database({ url, appName: 'test' }).db.databaseName).toBe(name);
  });
});
