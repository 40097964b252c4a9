import fc from 'fast-check';
import { contextOfNextHop, currentContext, newContext, runInContext } from './request-context.js';
import { childTraceparent, isTraceparent, newTraceparent, traceIdOf } from './traceparent.js';

describe('the request context', () => {
  it('follows a request through its asynchronous course, and only that request', async () => {
    const [a, b] = [newContext({ requestId: 'a' }), newContext({ requestId: 'b' })];
    const later = () => new Promise((resolve) => setImmediate(() => resolve(currentContext())));
    expect(await Promise.all([runInContext(a, later), runInContext(b, later), later()])).toEqual([a, b, undefined]);
  });

  it('goes on with the trace that came in, and begins one when that is malformed', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
    expect(newContext({ traceparent }).traceparent).toBe(traceparent);
    for (const wrong of ['', 'x', traceparent.toUpperCase(), `${traceparent}-more`, traceparent.replace('0af7', 'zzzz')]) {
      expect(newContext({ traceparent: wrong }).traceparent).not.toBe(wrong);
    }
    expect(isTraceparent(`00-${'0'.repeat(32)}-b7ad6b7169203331-01`)).toBe(false);
    expect(isTraceparent(`00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`)).toBe(false);
  });

  it('gives the next hop the same request and trace with another span', () => {
    const here = newContext();
    const next = runInContext(here, contextOfNextHop);
    expect(next.requestId).toBe(here.requestId);
    expect(traceIdOf(next.traceparent)).toBe(traceIdOf(here.traceparent));
    expect(next.traceparent).not.toBe(here.traceparent);
  });

  it('begins a new request where there is none', () => {
    expect(contextOfNextHop().requestId).not.toBe(contextOfNextHop().requestId);
  });
});

describe('a traceparent', () => {
  it('keeps its form, trace and flags over any number of hops, and never repeats a span', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1200 }), (hops) => {
        const spans = new Set<string>();
        const first = newTraceparent();
        let last = first;
        for (let hop = 0; hop < hops; hop += 1) {
          last = childTraceparent(last);
          spans.add(last.slice(36, 52));
        }
        expect(isTraceparent(last)).toBe(true);
        expect([traceIdOf(last), last.slice(53)]).toEqual([traceIdOf(first), '01']);
        expect(spans.size).toBe(hops);
      }),
      { numRuns: 10 },
    );
  });
});
