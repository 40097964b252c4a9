import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecret } from './kept-secret.js';

describe('a kept secret', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hecto-secret-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, and is the same ever after', async () => {
    const file = join(folder, 'deep', 'key');
    expect(await keptSecret(file, () => 'first')).toBe('first');
    expect(await keptSecret(file, () => 'second')).toBe('first');
  });

  it('can be read by its owner alone, and leaves nothing beside it', async () => {
    await keptSecret(join(folder, 'key'), () => 'secret');
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['key']);
  });
});
