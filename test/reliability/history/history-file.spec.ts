import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryFile } from './history-file.js';
import type { HistoryLine } from './history.js';
import { readWholeHistory } from './read-history.js';

describe('a history file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-history-'));
  const path = join(folder, 'history.jsonl');
  afterAll(() => rmSync(folder, { recursive: true }));

  const mark = (what: string): HistoryLine => ({ kind: 'mark', at: 1, what });
  const write = (count: number): HistoryLine[] => {
    const file = new HistoryFile(path);
    const lines = Array.from({ length: count }, (_, n) => mark(`line ${n} – ${'x'.repeat(n % 700)}`));
    for (const line of lines) file.append(line);
    file.close();
    return lines;
  };

  it('is read back in the order in which it was written', async () => {
    const lines = write(3000);
    expect(await readWholeHistory(path)).toEqual(lines);
  });

  it('holds back no more than a chunk', () => {
    const file = new HistoryFile(path);
    let chars = 0;
    for (let n = 0; n < 2000; n++) {
      const line = mark('y'.repeat(500));
      file.append(line);
      chars += JSON.stringify(line).length + 1;
      expect(chars - readFileSync(path).length).toBeLessThanOrEqual(140_000);
    }
    file.close();
    expect(readFileSync(path)).toHaveLength(chars);
  });

  it('shows a reader what was flushed while it is still being written', async () => {
    const file = new HistoryFile(path);
    file.append(mark('one'));
    file.flush();
    expect(await readWholeHistory(path)).toEqual([mark('one')]);
    file.close();
  });

  it('is read up to a last line that was not finished', async () => {
    const lines = write(3);
    appendFileSync(path, '{"kind":"ma');
    expect(await readWholeHistory(path)).toEqual(lines);
  });

  it('is not believed when a line within it is broken', async () => {
    write(3);
    appendFileSync(path, '{"kind":"ma\n');
    appendFileSync(path, `${JSON.stringify(mark('after'))}\n`);
    await expect(readWholeHistory(path)).rejects.toThrow('line 4');
  });
});
