import type { UserId } from '#contracts';
import type { Subscriber } from './subscriber.js';
import { UserWindows } from './user-windows.js';

/** A user with at least one socket here. */
export class ConnectedUser {
  readonly subscribers = new Set<Subscriber>();
  windows = new UserWindows();
  /** Whether the windows are those of the message service, and not only what events said since. */
  loaded = false;
  /** Raised when what was known is thrown away: what was asked before says nothing any more. */
  epoch = 0;

  constructor(readonly userId: UserId) {}
}
