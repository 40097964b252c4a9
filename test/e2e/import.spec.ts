import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startStandalone, waitFor, type Standalone } from '#testing';
import { Api } from './support/api.js';
import { hecto, HectoCommand } from './support/hecto-command.js';
import { writeIrcLogs } from './support/irc-logs.js';
import { backend, gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';

const folder = mkdtempSync(join(tmpdir(), 'hecto-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const groupOf = (file: string) => basename(file, '.log');

/** How many messages of a file are stored. */
async function stored(api: Api, file: string): Promise<number> {
  const { body } = await api.as('irc~log').get(`/v1/conversations/sg_${groupOf(file)}/messages?limit=1`);
  return (body.maxSeq as number | undefined) ?? 0;
}

describe.each(SHAPES)('importing IRC logs, $name', (shape) => {
  const [here, there] = gateways(shape);
  const target = { url: here, key: shape.adminKey };

  it('brings every line in, as its members read it back through another gateway', async () => {
    const files = writeIrcLogs(folder, { files: 3, lines: 200 });
    const imported = await hecto(target, 'import', 'irc', ...files);
    expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('3 files: 600 lines') });
    const verified = await hecto({ ...target, url: there }, 'verify', 'irc', ...files);
    expect(verified).toMatchObject({ code: 0, output: expect.stringMatching(/^0 differences$/m) });
  }, 120_000);

  it('goes on where it was killed, again and again', async () => {
    const files = writeIrcLogs(folder, { files: 2, lines: 300 });
    const api = backend(shape);
    for (let kill = 0; kill < 3; kill++) {
      const before = await stored(api, files[0]!);
      const command = new HectoCommand(target, ['import', 'irc', ...files]);
      const goesOn = async () => (await stored(api, files[0]!)) > before || command.hasEnded;
      await waitFor(goesOn, { withinMs: 60_000, what: 'the import to get on' }).finally(() => command.kill());
    }
    expect(await stored(api, files[0]!)).toBeGreaterThan(0);
    expect(await hecto(target, 'import', 'irc', ...files)).toMatchObject({ code: 0 });
    expect(await hecto(target, 'verify', 'irc', ...files)).toMatchObject({ code: 0, output: expect.stringMatching(/^0 differences$/m) });
  }, 180_000);

  it('changes nothing when it is run again', async () => {
    const [file = ''] = writeIrcLogs(folder, { files: 1, lines: 100 });
    await hecto(target, 'import', 'irc', file);
    const count = await stored(backend(shape), file);
    expect(await hecto(target, 'import', 'irc', file)).toMatchObject({ code: 0 });
    expect(await stored(backend(shape), file)).toBe(count);
    expect(await hecto(target, 'verify', 'irc', file)).toMatchObject({ code: 0 });
  }, 120_000);

  it('says what differs, and fails, when a group is not as its file', async () => {
    const [file = ''] = writeIrcLogs(folder, { files: 1, lines: 60 });
    await hecto(target, 'import', 'irc', file);
    const to = { groupId: groupOf(file) };
    await backend(shape).post('/v1/messages', { to, senderId: 'irc~log', clientMsgId: 'more', type: 'text', content: { text: 'x' } });
    const { code, output } = await hecto(target, 'verify', 'irc', file);
    expect(code).toBe(1);
    expect(output).toContain(`${file}: as irc~log: `);
    expect(output).toMatch(/messages from seq 1 on instead of \d+$/m);
  }, 120_000);
});

describe('importing IRC logs into a standalone server that is killed', () => {
  let standalone: Standalone;

  beforeAll(async () => {
    standalone = await startStandalone();
  }, 120_000);

  afterAll(() => standalone.stop(), 60_000);

  it('stores each line once, in the windows of the files', async () => {
    const files = writeIrcLogs(folder, { files: 3, lines: 300 });
    const target = { url: standalone.url, key: standalone.keys.adminKey };
    const api = new Api(target.url, target.key);
    const command = new HectoCommand(target, ['import', 'irc', ...files]);
    try {
      for (const count of [20, 100]) {
        await waitFor(async () => (await stored(api, files[0]!)) >= count, { withinMs: 60_000, what: `${count} messages` });
        await standalone.process.kill('SIGKILL');
        await standalone.process.start();
      }
      expect(await command.outcome()).toMatchObject({ code: 0 });
    } finally {
      await command.kill();
    }
    expect(await hecto(target, 'verify', 'irc', ...files)).toMatchObject({ code: 0, output: expect.stringMatching(/^0 differences$/m) });
  }, 240_000);
});
