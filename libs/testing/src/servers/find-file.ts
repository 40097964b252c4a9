import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The first file under `folder` whose name matches; undefined when there is none. */
export function findFile(folder: string, name: RegExp): string | undefined {
  if (!existsSync(folder)) return undefined;
  const entry = readdirSync(folder, { recursive: true, withFileTypes: true }).find((file) => file.isFile() && name.test(file.name));
  return entry === undefined ? undefined : join(entry.parentPath, entry.name);
}
