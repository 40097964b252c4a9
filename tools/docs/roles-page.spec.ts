import { GROUP_ACTIONS } from '../../apps/group/src/roles/roles.js';
import { renderRolesPage } from './roles-page.js';

describe('the roles page', () => {
  const rows = renderRolesPage()
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));
  const row = (action: string) => rows.find(([name]) => name === action)?.slice(2);

  it('has a row for every action, each with a cell for everyone', () => {
    expect(rows.slice(2).map(([action]) => action)).toEqual([...GROUP_ACTIONS]);
    expect(rows.map((cells) => cells.length)).toEqual(rows.map(() => 6));
  });

  it('says towards whom, what is answered instead, and to what nobody needs a role', () => {
    expect(row('kick')).toEqual([
      'towards admin, member',
      'towards member',
      '[forbidden](errors.md#forbidden)',
      '[not_a_member](errors.md#not_a_member)',
    ]);
    expect(row('leave')?.[0]).toBe('[owner_cannot_leave](errors.md#owner_cannot_leave)');
    expect(row('join')).toEqual(['yes', 'yes', 'yes', 'yes']);
  });
});
