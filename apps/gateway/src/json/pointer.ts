import { toUSVString } from 'node:util';

/** An RFC 6901 JSON pointer; always valid text, whatever the keys hold. */
export function pointerTo(path: readonly string[]): string {
  return toUSVString(path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
}
