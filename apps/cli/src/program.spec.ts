import { hecto } from './program.js';

describe('hecto', () => {
  it('has a command for everything that is done from a terminal', async () => {
    const program = await hecto([]);
    const names = program.commands.flatMap((command) => [
      command.name(),
      ...command.commands.map((child) => `${command.name()} ${child.name()}`),
    ]);
    expect(names).toEqual(
      expect.arrayContaining([
        'check',
        'dlq list',
        'dlq show',
        'dlq replay',
        'doctor',
        'topics sync',
        'storage sync',
        'log adopt',
        'token',
        'send',
        'tail',
        'import irc',
        'verify irc',
        'cluster',
      ]),
    );
  });

  it('loads only the command that is asked for', async () => {
    expect((await hecto(['--url', 'http://x', 'token', 'alice'])).commands.map((command) => command.name())).toEqual(['token']);
  });
});
