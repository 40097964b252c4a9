import { Heartbeat } from './heartbeat.js';

const nothing = { anything: false };
const something = { anything: true };

describe('Heartbeat', () => {
  it('pings when nothing was sent for 25 s', () => {
    const heart = new Heartbeat(0);
    expect(heart.look(24_999, nothing)).toBe('fine');
    expect(heart.look(25_000, nothing)).toBe('ping');
    expect(heart.look(26_000, nothing)).toBe('fine');
    expect(heart.look(50_000, something)).toBe('fine');
    expect(heart.look(74_999, nothing)).toBe('dead');
  });

  it('lives as long as something is heard', () => {
    const heart = new Heartbeat(0);
    heart.look(60_000, something);
    heart.heard();
    expect(heart.look(61_000, something)).toBe('fine');
    expect(heart.look(121_000, something)).toBe('fine');
    expect(heart.look(121_001, something)).toBe('dead');
  });
});
