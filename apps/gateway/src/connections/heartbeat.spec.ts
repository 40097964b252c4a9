import fc from 'fast-check';
import { Heartbeat } from './heartbeat.js';

const nothing = { anything: false };
const something = { anything: true };

describe('Heartbeat', () => {
  it('pings when nothing was sent for 25 s', () => {
    const heart = new Heartbeat(0);
    heart.look(1000, nothing);
    heart.heard();
    expect(heart.look(24_999, nothing)).toBe('fine');
    expect(heart.look(25_000, nothing)).toBe('ping');
    expect(heart.look(26_000, nothing)).toBe('fine');
  });

  it('pings who only listens when nothing was heard for 25 s', () => {
    const heart = new Heartbeat(0);
    expect(heart.look(24_999, something)).toBe('fine');
    expect(heart.look(25_000, something)).toBe('ping');
    expect(heart.look(49_999, something)).toBe('fine');
    expect(heart.look(50_000, something)).toBe('ping');
  });

  it('gives up 60 s after the last that was heard, when two pings got no answer', () => {
    const heart = new Heartbeat(0);
    const looks = [25_000, 50_000, 59_999, 60_000].map((now) => heart.look(now, something));
    expect(looks).toEqual(['ping', 'ping', 'fine', 'dead']);
  });

  it('lives as long as its pings are answered', () => {
    const heart = new Heartbeat(0);
    for (let now = 1000; now < 600_000; now += 1000) {
      const state = heart.look(now, something);
      expect(state).not.toBe('dead');
      if (state === 'ping') heart.heard();
    }
  });

  it('never gives up without two pings that had 10 s and more for their answers, and always does after 85 s and a look', () => {
    const step = fc.record({ afterMs: fc.integer({ min: 1, max: 90_000 }), heard: fc.boolean(), said: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heart = new Heartbeat(0);
        let [now, heardAt] = [0, 0];
        let pings: number[] = [];
        for (const { afterMs, heard, said } of steps) {
          now += afterMs;
          if (heard) {
            heart.heard();
            heardAt = now;
            pings = [];
          }
          const state = heart.look(now, { anything: said });
          if (state === 'ping') pings.push(now);
          if (state !== 'dead') {
            expect(pings.length < 3 || now - heardAt <= 85_000 || state === 'ping').toBe(true);
            continue;
          }
          expect(pings.length).toBeGreaterThanOrEqual(2);
          expect(now - pings.at(-1)!).toBeGreaterThanOrEqual(10_000);
          expect(now - heardAt).toBeGreaterThanOrEqual(60_000);
          return;
        }
      }),
    );
  });
});
