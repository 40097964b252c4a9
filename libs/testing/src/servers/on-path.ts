import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The executable of that name in a folder of PATH; undefined when there is none. */
export function onPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** As `onPath`, but throws with a sentence that names what is missing. */
export function requireOnPath(name: string): string {
  const found = onPath(name);
  if (found === undefined) throw new Error(`${name} is not on PATH`);
  return found;
}
