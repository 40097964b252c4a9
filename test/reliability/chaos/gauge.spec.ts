import { RunCounts } from '../history/run-counts.js';
import { Gauge } from './gauge.js';

describe('the gauge of a run', () => {
  const counts = new RunCounts();
  const gauge = new Gauge(counts, 100);

  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it('says how many sends were answered a second, since it was asked last', () => {
    gauge.take();
    counts.sendsOk += 300;
    jest.advanceTimersByTime(2000);
    expect(gauge.take()).toBe(150);
  });
});
