import pLimit from 'p-limit';
import type { Logger } from 'pino';
import type { ResyncReason } from '#contracts';
import type { ConnectedUser } from './connected-user.js';
import type { Deliverer } from './deliverer.js';
import type { DeliveryMap } from './delivery-map.js';
import type { DeliveryMetrics } from './delivery-metrics.js';
import { pushFrame } from './push-frame.js';
import type { StoredFeed } from './stored-feed.js';
import type { WindowLoader } from './window-loader.js';

/** Without a poll for longer than this, someone else may have been kicked, muted or logged out without our hearing of it. */
const MAX_SILENCE_MS = 5000;
const LOOK_EVERY_MS = 1000;
const LOADS_AT_A_TIME = 16;

export interface FeedGuardParts {
  feed: StoredFeed;
  deliverer: Deliverer;
  map: DeliveryMap;
  loader: WindowLoader;
  metrics: DeliveryMetrics;
  logger: Logger;
}

/**
 * Delivery is only as true as the feed behind it. After a rejoin, an offset jump or a silence nothing is delivered until the feed runs
 * again; then every user's windows are read anew and his sockets are told to sync.
 */
export class FeedGuard {
  private timer: NodeJS.Timeout | undefined;
  private reason: ResyncReason | undefined;
  private recovering: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FeedGuardParts) {}

  async start(): Promise<void> {
    await this.parts.feed.start((reason) => this.hold(reason));
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.parts.feed.stop();
    await this.recovering;
  }

  /** Nothing is delivered from now until a look finds the feed healthy. */
  hold(reason: ResyncReason): void {
    if (this.reason === undefined) this.parts.metrics.holdStarted(reason);
    this.reason ??= reason;
    this.parts.deliverer.hold();
  }

  /** Looks at the feed; on a timer, and by tests. */
  look(): void {
    const healthy = this.parts.feed.isHealthy(MAX_SILENCE_MS);
    if (!healthy) this.hold('stalled');
    else if (this.reason !== undefined) this.recover(this.reason);
  }

  private recover(reason: ResyncReason): void {
    const { map, deliverer, metrics, logger } = this.parts;
    const users = map.allUsers();
    // In one step with the release: from here on events are noted per user, and the windows read later are not older than they are.
    for (const user of users) map.unload(user);
    this.reason = undefined;
    deliverer.release();
    metrics.holdEnded();
    logger.warn({ reason, users: users.length }, 'the feed of stored messages may have had holes: all sockets sync');
    const slots = pLimit(LOADS_AT_A_TIME);
    const frame = pushFrame('resync', { reason });
    this.recovering = Promise.all(users.map((user) => slots(() => this.reload(user, frame)))).then(() => undefined);
  }

  private async reload(user: ConnectedUser, frame: Buffer): Promise<void> {
    const { loader, logger } = this.parts;
    if (user.subscribers.size === 0) return;
    try {
      await loader.load(user);
      for (const subscriber of user.subscribers) subscriber.push(frame);
    } catch (error) {
      logger.warn({ err: error, userId: user.userId }, 'windows could not be read again');
      this.hold('stalled');
    }
  }
}
