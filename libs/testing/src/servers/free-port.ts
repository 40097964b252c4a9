import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

const LOWEST = 20_000;
/** Below the range from which the kernel takes the ports of outgoing connections: a server can come back on its port after a restart. */
const HIGHEST = 32_000;
const ATTEMPTS = 50;

/** Who was given one listens on it later, and its neighbour must not be given the same. */
const given = new Set<number>();

/** A port of 127.0.0.1 on which nothing listens, and that nobody in this process was given before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port found between ${LOWEST} and ${HIGHEST} in ${ATTEMPTS} attempts`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
