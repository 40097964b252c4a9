import { LIMITS } from '#contracts';
import { compileLog } from '../irc/compile-log.js';
import { namesOfFile } from '../irc/file-names.js';
import { byUser, stagesOf } from './stages.js';

const stepsOf = (...lines: string[]) => compileLog(namesOfFile('x.log'), lines, '#ubuntu').steps;
const sizes = (...lines: string[]) => stagesOf(stepsOf(...lines)).map(({ kind, steps }) => `${steps.length} ${kind}`);

describe('the stages of an import', () => {
  it('hold as many messages as may be unanswered on one connection', () => {
    const said = Array.from({ length: LIMITS.maxInFlight * 2 + 22 }, () => '[03:41] <a> x');
    expect(sizes(...said)).toEqual(['1 members', '64 messages', '64 messages', '22 messages']);
  });

  it('hold fewer messages when they are large', () => {
    const said = Array.from({ length: 10 }, () => `[03:41] <a> ${'x'.repeat(60_000)}`);
    expect(sizes(...said)).toEqual(['1 members', '4 messages', '4 messages', '2 messages']);
  });

  it('end where someone comes or goes', () => {
    expect(sizes('[03:41] <a> 1', '[03:41] <b> 2', '=== a is now known as c', '=== b has left #ubuntu', '[03:41] <c> 3')).toEqual([
      '2 members',
      '2 messages',
      '3 members',
      '1 messages',
    ]);
  });

  it('keep what one user does in its order', () => {
    const [first] = stagesOf(stepsOf('=== a has joined #ubuntu', '=== b has joined #ubuntu', '=== a has left #ubuntu'));
    const own = first?.kind === 'members' ? byUser(first.steps) : [];
    expect(own.map((steps) => steps.map(({ kind, userId }) => `${kind} ${userId}`))).toEqual([['join a', 'leave a'], ['join b']]);
  });
});
