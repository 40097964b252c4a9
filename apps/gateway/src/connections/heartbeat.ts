/** As long as nothing is heard, or nothing is said, the client is pinged this often. */
export const PING_INTERVAL_MS = 25_000;
/** Each ping is answered by the client's WebSocket itself: this long after a second one without an answer nobody is there. */
const PATIENCE_MS = 10_000;
const MAX_SILENCE_MS = 2 * PING_INTERVAL_MS + PATIENCE_MS;

/** Whether a connection lives, by what was heard and said between two looks. */
export class Heartbeat {
  private heardSince = false;
  private heardAt: number;
  private saidAt: number;
  private pingedAt: number;
  /** Pings since anything was heard. */
  private unanswered = 0;

  constructor(now: number) {
    this.heardAt = now;
    this.saidAt = now;
    this.pingedAt = now;
  }

  /** Anything came in: a frame, or the pong that answers a ping. */
  heard(): void {
    this.heardSince = true;
  }

  /** `said`: whether anything was sent since the last look. */
  look(now: number, said: { anything: boolean }): 'dead' | 'ping' | 'fine' {
    if (this.heardSince) this.hear(now);
    if (said.anything) this.saidAt = now;
    if (this.isDead(now)) return 'dead';
    if (!this.owesPing(now)) return 'fine';
    this.saidAt = now;
    this.pingedAt = now;
    this.unanswered += 1;
    return 'ping';
  }

  private hear(now: number): void {
    this.heardAt = now;
    this.heardSince = false;
    this.unanswered = 0;
  }

  private isDead(now: number): boolean {
    return this.unanswered >= 2 && now - this.heardAt >= MAX_SILENCE_MS && now - this.pingedAt >= PATIENCE_MS;
  }

  /** Who only listens is asked too, however much he is told: his silence alone does not show that he is gone. */
  private owesPing(now: number): boolean {
    return now - this.saidAt >= PING_INTERVAL_MS || now - Math.max(this.heardAt, this.pingedAt) >= PING_INTERVAL_MS;
  }
}
