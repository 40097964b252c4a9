import { checkReadiness, isReady } from './health.js';

describe('readiness', () => {
  it('is there when every dependency answers', async () => {
    const readiness = await checkReadiness({ log: () => Promise.resolve(true), mongodb: () => Promise.resolve(true) });
    expect(readiness).toEqual({ log: { ok: true }, mongodb: { ok: true } });
    expect(isReady(readiness)).toBe(true);
  });

  it('names what does not answer, and why', async () => {
    const readiness = await checkReadiness({ log: () => Promise.resolve(false), redis: () => Promise.reject(new Error('NOAUTH')) });
    expect(readiness).toEqual({ log: { ok: false, detail: 'log does not answer' }, redis: { ok: false, detail: 'redis: NOAUTH' } });
    expect(isReady(readiness)).toBe(false);
  });

  it('waits no longer than its bound for one that is silent', async () => {
    const before = performance.now();
    const silent = () => new Promise<boolean>(() => undefined);
    const readiness = await checkReadiness({ log: silent, mongodb: () => Promise.resolve(true) }, 30);
    expect(readiness).toEqual({ log: { ok: false, detail: 'log did not answer within 30 ms' }, mongodb: { ok: true } });
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
