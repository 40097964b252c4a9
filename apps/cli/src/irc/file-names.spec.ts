import { isGroupId } from '#contracts';
import { namesOfFile, refuseSameGroup } from './file-names.js';

describe('what a file’s name becomes', () => {
  it('is a group of that name, without the ending', () => {
    expect(namesOfFile('/x/2004-12-25.c.log')).toEqual({
      file: '/x/2004-12-25.c.log',
      groupId: '2004-12-25.c',
      messagePrefix: '2004-12-25.c:',
      day: '2004-12-25',
    });
  });

  it('is a group id and a client message id whatever the name', () => {
    for (const name of ['#ubuntu_2004.log', 'é', '.log', 'x'.repeat(200), 'a b', 'a_b']) {
      const { groupId, messagePrefix } = namesOfFile(name);
      expect(isGroupId(groupId)).toBe(true);
      expect(`${messagePrefix}10000000`).toMatch(/^[A-Za-z0-9._~:-]{1,64}$/);
    }
    expect(namesOfFile('a b').groupId).not.toBe(namesOfFile('a_b').groupId);
  });

  it('knows no day in a name that has none', () => {
    expect(namesOfFile('2004-02-31.log').day).toBe('1970-01-01');
    expect(namesOfFile('ubuntu.log').day).toBe('1970-01-01');
  });

  it('refuses two files that would become one group', () => {
    expect(() => refuseSameGroup([namesOfFile('a/x.log'), namesOfFile('b/x.log')])).toThrow(
      'a/x.log and b/x.log would both become the group x',
    );
  });
});
