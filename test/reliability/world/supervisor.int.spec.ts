import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedProcess, waitFor } from '#testing';
import { Supervisor } from './supervisor.js';

describe('a supervisor', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'hecto-supervisor-'));
  const process = new GuardedProcess({
    name: 'sleeper',
    command: 'sleep',
    args: ['600'],
    logFile: join(scratch, 'sleeper.log'),
    ready: () => Promise.resolve(true),
    readyWithinMs: 5000,
  });
  let supervisor: Supervisor;
  const said: string[] = [];

  beforeEach(async () => {
    await process.start();
    supervisor = new Supervisor({ members: [{ name: 'sleeper', process }] }, (line) => said.push(line));
  });

  afterEach(async () => {
    supervisor.stop();
    await process.kill('SIGKILL');
  });

  afterAll(() => rmSync(scratch, { recursive: true }));

  it('starts again what ended by itself, and counts it', async () => {
    await process.kill('SIGTERM');
    await waitFor(() => process.running, { withinMs: 5000, what: 'the process to run again' });
    expect(supervisor.endedAlone).toEqual(new Map([['sleeper', 1]]));
    expect(said.join()).toContain('sleeper ended by itself');
  });

  it('leaves down what is held down, until it is to run', async () => {
    supervisor.holdDown(process);
    await process.kill('SIGKILL');
    // Longer than it takes to look; that nothing happens can only be waited for.
    await expect(waitFor(() => process.running, { withinMs: 1500, what: 'a start' })).rejects.toThrow('Waited');
    await supervisor.ensure(process);
    expect(process.running).toBe(true);
    expect(supervisor.endedAlone.size).toBe(0);
  });

  it('starts a process once, however many want it', async () => {
    supervisor.holdDown(process);
    await process.kill('SIGKILL');
    await Promise.all([supervisor.ensure(process), supervisor.ensure(process)]);
    expect(process.running).toBe(true);
  });
});
