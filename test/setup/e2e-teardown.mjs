import { tearDownServers } from './servers.mjs';

export default async function tearDown() {
  await Promise.all((globalThis.hectoShapes ?? []).map((shape) => shape.stop()));
  await tearDownServers();
}
