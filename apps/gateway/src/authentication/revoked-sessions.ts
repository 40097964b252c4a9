import type { Clock } from '#kernel';
import type { SessionRevoked } from '#contracts';

/** Longer than an access token lives (15 min): a token of a session forgotten here has expired. */
const REMEMBER_MS = 20 * 60_000;

export type RevokedListener = (event: SessionRevoked) => void;

/** The sessions that were logged out while tokens of theirs may live; fed by `session.revoked.v1` from its beginning. */
export class RevokedSessions {
  /** Session id → when to forget it. In the order of arrival, so the first are the first to forget. */
  private readonly until = new Map<string, number>();
  private readonly listeners = new Set<RevokedListener>();

  constructor(private readonly clock: Clock) {}

  isRevoked(sessionId: string): boolean {
    return this.until.has(sessionId);
  }

  /** Called once for each session at the moment it becomes revoked; returns how to stop listening. */
  onRevoked(listener: RevokedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  revoke(event: SessionRevoked): void {
    this.forgetOld();
    const known = this.until.has(event.sessionId);
    // By our clock at arrival, not by the event's: then no clock that runs late can forget too early.
    this.until.set(event.sessionId, this.clock.now() + REMEMBER_MS);
    if (!known) for (const listener of this.listeners) listener(event);
  }

  /** How many sessions are remembered. */
  get size(): number {
    return this.until.size;
  }

  private forgetOld(): void {
    const now = this.clock.now();
    for (const [sessionId, until] of this.until) {
      if (until > now) return;
      this.until.delete(sessionId);
    }
  }
}
