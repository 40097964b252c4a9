import { problem, type AnswerData, type Cursors } from '#contracts';
import type { UserCaller } from '../authentication/caller.js';
import type { RevokedSessions } from '../authentication/revoked-sessions.js';
import type { ConnectedUser } from '../delivery/connected-user.js';
import type { DeliveryMap } from '../delivery/delivery-map.js';
import type { RecentSeqs } from '../delivery/recent-seqs.js';
import type { WindowLoader } from '../delivery/window-loader.js';
import { movedAtConnect } from '../sync/moved-at-connect.js';
import type { ConnectionRegistry } from './connection-registry.js';
import type { Connection } from './connection.js';

export type Arrival = Pick<AnswerData<'connect'>, 'resumed' | 'complete' | 'moved'>;

export interface UserArrivalParts {
  map: DeliveryMap;
  loader: WindowLoader;
  recent: RecentSeqs;
  revoked: Pick<RevokedSessions, 'isRevoked'>;
  registry: ConnectionRegistry;
}

/**
 * A user's socket enters delivery. First it is registered, then the windows are read: so a message that is stored meanwhile is either
 * in what was read, or was seen passing, and `moved` names its conversation; whatever is stored later is pushed.
 */
export class UserArrival {
  constructor(private readonly parts: UserArrivalParts) {}

  async arrive(connection: Connection, caller: UserCaller, cursors: Cursors | undefined): Promise<Arrival> {
    const { map } = this.parts;
    requireOpen(connection);
    const user = map.enter(caller.userId, connection.subscriber);
    const forget = connection.onClosed(() => map.leave(user, connection.subscriber));
    try {
      return await this.load(connection, caller, { user, cursors });
    } catch (error) {
      forget();
      map.leave(user, connection.subscriber);
      connection.subscriber.forget();
      throw error;
    }
  }

  private async load(connection: Connection, caller: UserCaller, { user, cursors }: { user: ConnectedUser; cursors: Cursors | undefined }) {
    const { loader, recent, revoked, registry } = this.parts;
    const loaded = cursors || !user.loaded ? await loader.load(user) : [];
    // No await from here on: the log-out that is not heard of here is heard by the registry.
    if (revoked.isRevoked(caller.sessionId)) throw problem('token_revoked', `the session on device ${caller.deviceId} was logged out`);
    requireOpen(connection);
    registry.bind(connection, caller.sessionId);
    connection.caller = caller;
    const missed = connection.subscriber.startAnswering();
    // The answer is written before the next turn of the event loop.
    setImmediate(() => connection.subscriber.goLive());
    if (!cursors) return { resumed: false, complete: false, moved: [] };
    return { resumed: true, ...movedAtConnect(cursors, { loaded, windows: user.windows, recent, missed }) };
  }
}

function requireOpen(connection: Connection): void {
  if (!connection.isOpen) throw problem('unavailable', 'the socket closed before it was connected');
}
