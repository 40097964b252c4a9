import { queriesOf, renderQueries, withQueries } from './queries-page.js';
import type { QueryRow } from './query-catalogue.js';

const row: QueryRow = {
  method: 'Things.find',
  command: 'find',
  collection: 'thing',
  filter: '{ _id: ? }',
  indexes: ['_id_'],
  stages: ['IDHACK'],
  shardKey: 'named',
};

describe('the page of queries', () => {
  it('keeps a part for each service, in the order of their names, and replaces one without touching the others', () => {
    const user = renderQueries('user', [row]);
    const group = renderQueries('group', [{ ...row, method: 'Groups.find' }]);
    const page = withQueries(withQueries('', 'user', user), 'group', group);
    expect(page.indexOf('## group')).toBeLessThan(page.indexOf('## user'));
    expect(queriesOf(page, 'user')).toBe(user);
    const changed = withQueries(page, 'user', renderQueries('user', []));
    expect(queriesOf(changed, 'group')).toBe(group);
    expect(queriesOf(changed, 'user')).not.toContain('Things.find');
    expect(withQueries(page, 'user', user)).toBe(page);
  });

  it('knows of no service that is not in it', () => {
    expect(queriesOf('', 'user')).toBeUndefined();
  });
});
