import { freePort } from './free-port.js';

describe('freePort', () => {
  it('gives no port twice, although nobody listens on it yet', async () => {
    const ports = await Promise.all(Array.from({ length: 500 }, freePort));
    expect(new Set(ports).size).toBe(ports.length);
  });
});
