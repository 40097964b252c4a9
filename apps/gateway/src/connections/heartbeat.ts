/** The server says something at least this often. */
export const PING_INTERVAL_MS = 25_000;
/** Each of our pings is answered by the client's WebSocket itself: after two without an answer, and some patience, nobody is there. */
const MAX_SILENCE_MS = 2 * PING_INTERVAL_MS + 10_000;

/** Whether a connection lives, by what was heard and said between two looks. */
export class Heartbeat {
  private heardSince = false;
  private heardAt: number;
  private saidAt: number;

  constructor(now: number) {
    this.heardAt = now;
    this.saidAt = now;
  }

  /** Anything came in: a frame, or the pong that answers a ping. */
  heard(): void {
    this.heardSince = true;
  }

  /** `said`: whether anything was sent since the last look. */
  look(now: number, said: { anything: boolean }): 'dead' | 'ping' | 'fine' {
    if (this.heardSince) this.heardAt = now;
    if (said.anything) this.saidAt = now;
    this.heardSince = false;
    if (now - this.heardAt > MAX_SILENCE_MS) return 'dead';
    if (now - this.saidAt < PING_INTERVAL_MS) return 'fine';
    this.saidAt = now;
    return 'ping';
  }
}
