import * as fc from 'fast-check';
import { compileLog } from '../irc/compile-log.js';
import { namesOfFile } from '../irc/file-names.js';
import { importLog } from './import-log.js';
import { Killed, ModelGroup, NEVER } from './model-group.suite.js';

const compile = (lines: readonly string[]) => compileLog(namesOfFile('2004-12-25.log'), lines, '#ubuntu');

const who = fc.constantFrom('a', 'b', 'c', 'd');
const anyLine = fc.oneof(
  { weight: 4, arbitrary: who.map((name) => `[03:41] <${name}> hi`) },
  { weight: 1, arbitrary: who.map((name) => `=== ${name} has joined #ubuntu`) },
  { weight: 2, arbitrary: who.map((name) => `=== ${name} has left #ubuntu []`) },
  { weight: 2, arbitrary: fc.tuple(who, who).map(([from, to]) => `=== ${from} is now known as ${to}`) },
);
const kills = fc.array(fc.record({ after: fc.integer({ min: 0, max: 25 }), lateness: fc.integer({ min: 0, max: 6 }) }), { maxLength: 8 });

describe('importing a log', () => {
  it('ends with the same messages and windows, killed anywhere, however often', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 40 }), kills, fc.nat(6), async (lines, killed, lateness) => {
        const log = compile(lines);
        const whole = new ModelGroup();
        await importLog(log, whole.client(NEVER));
        const broken = new ModelGroup();
        for (const kill of killed) {
          await importLog(log, broken.client(kill)).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
        }
        await importLog(log, broken.client({ ...NEVER, lateness }));
        expect(broken.messages).toEqual(whole.messages);
        expect(Object.fromEntries(broken.windows)).toEqual(Object.fromEntries(whole.windows));
      }),
      { numRuns: 2000 },
    );
  });

  it('stores each line once, in the order of the file, within the windows that the file says', async () => {
    const log = compile(['[1', '[03:41] <a> 1', '=== b has joined #ubuntu', '[03:41] <a> 2', '=== a is now known as c', '[03:42] <b> 3']);
    const group = new ModelGroup();
    await importLog(log, group.client(NEVER));
    expect(group.messages.map(({ userId, text }) => `${userId}: ${text}`)).toEqual(['irc~log: [1', 'a: 1', 'a: 2', 'b: 3']);
    expect(Object.fromEntries(group.windows)).toEqual({ 'irc~log': 1, b: 3, c: 4 });
  });

  it('says how far it is, also from where an earlier run ended', async () => {
    const seen: number[] = [];
    const log = compile(['[03:41] <a> 1', '[03:41] <a> 2', '=== a has left #ubuntu', '[03:42] <b> 3', '']);
    const group = new ModelGroup();
    await expect(importLog(log, group.client({ after: 5, lateness: 0 }))).rejects.toThrow(Killed);
    await importLog(log, group.client(NEVER), { onProgress: (line) => seen.push(line) });
    expect(seen).toEqual([3, 5]);
  });

  it('refuses a group that holds another file', async () => {
    const group = new ModelGroup();
    await importLog(compile(['', '[03:41] <a> 1']), group.client(NEVER));
    await expect(importLog(compile(['[03:41] <a> 1']), group.client(NEVER))).rejects.toThrow(
      'group 2004-12-25 holds the message 2004-12-25:2, which 2004-12-25.log does not',
    );
  });

  it('stops when the server breaks the order', async () => {
    const log = compile(['[03:41] <a> 1', '[03:41] <a> 2']);
    const chat = new ModelGroup().client(NEVER);
    const upsideDown = { ...chat, send: async (...args: Parameters<typeof chat.send>) => (await chat.send(...args)).reverse() };
    await expect(importLog(log, upsideDown)).rejects.toThrow('2004-12-25:1 was stored at 1, before a line that precedes it (2)');
  });
});
