import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import './request-queue.patch.js';

describe('kafkajs’ queue of requests', () => {
  const queueOf = (throttledForMs: number, pending: number): RequestQueue =>
    Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, {
      throttledUntil: throttledForMs === 0 ? -1 : Date.now() + throttledForMs,
      throttleCheckTimeoutId: null,
      pending: Array.from({ length: pending }),
    });
  const delayOf = (queue: RequestQueue): number | undefined => {
    const timer = jest.spyOn(globalThis, 'setTimeout').mockReturnValue(1 as unknown as NodeJS.Timeout);
    queue.scheduleCheckPendingRequests();
    const [delay] = timer.mock.calls.map(([, ms]) => ms);
    timer.mockRestore();
    return delay;
  };

  it('starts no timer when nothing waits: kafkajs #1751 starts one for the past, which Node warns of', () => {
    expect(delayOf(queueOf(0, 0))).toBeUndefined();
  });

  it('looks again soon when something waits, and at the end of a throttling', () => {
    expect(delayOf(queueOf(0, 1))).toBe(10);
    expect(delayOf(queueOf(500, 1))).toBeGreaterThan(400);
  });
});
