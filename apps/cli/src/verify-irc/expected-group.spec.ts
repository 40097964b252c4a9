import { LOG_USER } from '../irc/channel-log.js';
import { compileLog } from '../irc/compile-log.js';
import { namesOfFile } from '../irc/file-names.js';
import { expectedGroup } from './expected-group.js';

const expected = (...lines: string[]) => expectedGroup(compileLog(namesOfFile('x.log'), lines, '#ubuntu'), LOG_USER);

describe('what a group must be', () => {
  it('lets everyone read from the message after his last joining on', () => {
    const { windows } = expected('[03:41] <a> 1', '=== b has joined #ubuntu', '[03:41] <a> 2', '=== a has left #ubuntu', '[03:41] <a> 3');
    expect(Object.fromEntries(windows)).toEqual({ [LOG_USER]: 1, b: 2, a: 3 });
  });

  it('knows who is out at the end, and only those who were in', () => {
    expect(expected('[03:41] <a> 1', '=== a is now known as b', '=== c has left #ubuntu').gone).toEqual(['a', 'c']);
  });

  it('has a message for each line that is one', () => {
    const { messages } = expected('[03:41] <a> 1', '', '=== b has joined #ubuntu', '=== mode/#ubuntu [+o a]  by b');
    expect(messages.map(({ line, userId, text }) => [line, userId, text])).toEqual([
      [1, 'a', '1'],
      [4, LOG_USER, '=== mode/#ubuntu [+o a]  by b'],
    ]);
  });
});
