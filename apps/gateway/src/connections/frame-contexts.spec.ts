import { frameContexts } from './frame-contexts.js';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the contexts of frames', () => {
  it('belong to the trace of the upgrade, each with a request id of its own behind the given one', () => {
    const next = frameContexts({ headers: { traceparent: TRACEPARENT, 'request-id': 'abc' } });
    const [one, two] = [next(), next()];
    expect([one.traceparent, two.traceparent]).toEqual([TRACEPARENT, TRACEPARENT]);
    expect(one.requestId).toMatch(/^abc:.{26}$/);
    expect(two.requestId).not.toBe(one.requestId);
  });

  it('are new ones where nothing fit was given', () => {
    const next = frameContexts({ headers: { traceparent: 'nonsense', 'request-id': 'a b' } });
    expect(next().requestId).toMatch(/^.{26}$/);
    expect(next().traceparent).not.toBe(next().traceparent);
    expect(frameContexts({ headers: {} })().requestId).toMatch(/^.{26}$/);
  });
});
