import type { Translate } from './link-lane.js';

/**
 * Replaces addresses in a stream of bytes by others of the same length. MongoDB tells its clients the addresses of all members, and they
 * connect there; whoever is to come through a proxy must be told the proxy's.
 */
export function replaceAddresses(replacements: Readonly<Record<string, string>>): Translate {
  const pairs = Object.entries(replacements).map(([from, to]) => [Buffer.from(from), Buffer.from(to)] as const);
  for (const [from, to] of pairs) if (from.length !== to.length) throw new Error(`${String(to)} is not as long as ${String(from)}`);
  let kept = Buffer.alloc(0);
  return (data) => {
    const bytes = Buffer.concat([kept, data]);
    for (const [from, to] of pairs) {
      for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + from.length)) to.copy(bytes, at);
    }
    // The beginning of an address is kept until the rest comes; a message of MongoDB ends with a zero, so it is never the end of one.
    const end = bytes.length - Math.max(0, ...pairs.map(([from]) => lengthOfBeginning(bytes, from)));
    kept = bytes.subarray(end);
    return bytes.subarray(0, end);
  };
}

/** How many of the last bytes are the beginning of `address`. */
function lengthOfBeginning(bytes: Buffer, address: Buffer): number {
  for (let length = Math.min(address.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(address.subarray(0, length))) return length;
  }
  return 0;
}
