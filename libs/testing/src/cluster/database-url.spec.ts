import { withDatabase } from './database-url.js';

describe('withDatabase', () => {
  it.each([
    ['mongodb://a:1/?replicaSet=rs0', 'mongodb://a:1/new?replicaSet=rs0'],
    ['mongodb://a:1,b:2,c:3/old?replicaSet=rs0', 'mongodb://a:1,b:2,c:3/new?replicaSet=rs0'],
    ['mongodb://me:secret@a', 'mongodb://me:secret@a/new'],
    ['mongodb+srv://cluster.example/old', 'mongodb+srv://cluster.example/new'],
  ])('names the database in %s', (url, expected) => {
    expect(withDatabase(url, 'new')).toBe(expected);
  });

  it('refuses what is no URL of a MongoDB', () => {
    expect(() => withDatabase('redis://a', 'new')).toThrow('Not the URL of a MongoDB');
  });
});
