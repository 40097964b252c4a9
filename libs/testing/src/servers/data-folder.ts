import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a server keeps its data: a folder that was named (kept), or a scratch one (removed with its server). */
export interface DataFolder {
  path: string;
  scratch: boolean;
  dispose(): void;
}

export function openDataFolder(name: string, dataDir: string | undefined): DataFolder {
  if (dataDir !== undefined) {
    const path = resolve(dataDir);
    mkdirSync(path, { recursive: true });
    return { path, scratch: false, dispose: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), `hecto-${name}-`));
  return { path, scratch: true, dispose: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
