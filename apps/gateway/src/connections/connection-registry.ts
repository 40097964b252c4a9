import type { Connection } from './connection.js';

/** All connections of this process, and those of each log-in. */
export class ConnectionRegistry {
  private readonly connections = new Set<Connection>();
  private readonly bySession = new Map<string, Set<Connection>>();
  private readonly sessionOf = new Map<Connection, string>();

  add(connection: Connection): void {
    this.connections.add(connection);
  }

  remove(connection: Connection): void {
    this.connections.delete(connection);
    this.unbind(connection);
  }

  /** The connection speaks for this log-in now, and for no other. */
  bind(connection: Connection, sessionId: string): void {
    this.unbind(connection);
    const ofSession = this.bySession.get(sessionId) ?? new Set();
    this.bySession.set(sessionId, ofSession.add(connection));
    this.sessionOf.set(connection, sessionId);
  }

  ofSession(sessionId: string): Connection[] {
    return [...(this.bySession.get(sessionId) ?? [])];
  }

  all(): Connection[] {
    return [...this.connections];
  }

  private unbind(connection: Connection): void {
    const sessionId = this.sessionOf.get(connection);
    if (sessionId === undefined) return;
    this.sessionOf.delete(connection);
    const ofSession = this.bySession.get(sessionId);
    ofSession?.delete(connection);
    if (ofSession?.size === 0) this.bySession.delete(sessionId);
  }
}
