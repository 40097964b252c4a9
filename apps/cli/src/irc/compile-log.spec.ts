import * as fc from 'fast-check';
import type { Step } from './channel-log.js';
import { compileLog } from './compile-log.js';
import { namesOfFile } from './file-names.js';

const compile = (...lines: string[]) => compileLog(namesOfFile('logs/2004-12-25.c.log'), lines, '#ubuntu');
const short = (step: Step) =>
  step.kind === 'send' ? `${step.line} ${step.userId}: ${step.text}` : `${step.line} ${step.kind} ${step.userId}`;

const anyLine = fc
  .tuple(
    fc.constantFrom('a', 'b', 'A', 'b_'),
    fc.constantFrom('says', 'acts', 'joins', 'leaves', 'renames', 'blank', 'mode'),
    fc.constantFrom('a', 'c'),
  )
  .map(([who, does, other]) => {
    const forms = {
      says: `[03:41] <${who}> hi`,
      acts: `[03:42]  * ${who} waves`,
      joins: `=== ${who} has joined #ubuntu`,
      leaves: `=== ${who} has left #ubuntu []`,
      renames: `=== ${who} is now known as ${other}`,
      blank: '',
      mode: '=== mode/#ubuntu [+o a]  by ChanServ',
    };
    return forms[does];
  });

describe('what importing a log does', () => {
  it('lets a speaker join first whom nobody saw joining', () => {
    expect(compile('[03:41] <bob> hi', '[03:41] <bob> again').steps.map(short)).toEqual(['1 join bob', '1 bob: hi', '2 bob: again']);
  });

  it('lets him in before the first line: he was there when the log began', () => {
    expect(compile('[03:41] <eve> hi', '[03:41] <bob> hi').steps.map(short)).toEqual([
      '1 join eve',
      '1 join bob',
      '1 eve: hi',
      '2 bob: hi',
    ]);
  });

  it('lets a speaker who was seen going join again where he speaks', () => {
    const log = compile('=== bob has left #ubuntu []', '[03:41] <bob> hi');
    expect(log.steps.map(short)).toEqual(['2 join bob', '2 bob: hi']);
  });

  it('makes of a new name that the old one leaves and the new one joins', () => {
    const log = compile('=== bob has joined #ubuntu', '=== bob is now known as Bob', '=== eve is now known as mallory');
    expect(log.steps.map(short)).toEqual(['1 join bob', '2 leave bob', '2 join Bob', '3 join mallory']);
  });

  it('changes nothing when someone joins who is in, or leaves who is out', () => {
    const log = compile('=== bob has joined #ubuntu', '=== bob has joined #ubuntu', '=== eve has left #ubuntu []');
    expect(log.steps.map(short)).toEqual(['1 join bob']);
    expect(log.counts).toEqual({ lines: 3, messages: 0, memberships: 3, blank: 0 });
  });

  it('gives a message an id of its file and line, and the day and time of both', () => {
    const [, action, said] = compile('[03:41] <bob> hi', '=== bob waves')
      .steps.filter((step) => step.kind === 'send')
      .concat(compile('[00:00] <x>').steps.filter((step) => step.kind === 'send'));
    expect(action).toMatchObject({ clientMsgId: '2004-12-25.c:2', createdAt: '2004-12-25T03:41:00.000Z', manner: 'action' });
    expect(said).toMatchObject({ clientMsgId: '2004-12-25.c:1', createdAt: '2004-12-25T00:00:00.000Z', text: '' });
  });

  it('accounts for every line, and never joins who is in, removes who is out, or speaks for who is out', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
        const { steps, counts } = compile(...lines);
        expect(counts.lines).toBe(lines.length);
        expect(counts.messages + counts.memberships + counts.blank).toBe(lines.length);
        expect(steps.filter((step) => step.kind === 'send')).toHaveLength(counts.messages);
        const inside = new Set(['irc~log']);
        for (const step of steps) {
          expect(inside.has(step.userId)).toBe(step.kind !== 'join');
          if (step.kind === 'join') inside.add(step.userId);
          if (step.kind === 'leave') inside.delete(step.userId);
        }
      }),
    );
  });
});
