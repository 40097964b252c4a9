import { setTimeout as delay } from 'node:timers/promises';
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
const RETRY_MS = { first: 250, most: 10_000 };

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
 * again; then every user's windows are read anew and his sockets are told to sync. Who can't be read yet is tried again alone, ever
 * more rarely, and gets no group's messages until then: were everybody read again for him, a service that is slow for a moment would
 * be asked for ever more.
 */
export class FeedGuard {
  private timer: NodeJS.Timeout | undefined;
  private reason: ResyncReason | undefined;
  private recovering: Promise<void> = Promise.resolve();
  private readonly slots = pLimit(LOADS_AT_A_TIME);
  private readonly stopping = new AbortController();

  constructor(private readonly parts: FeedGuardParts) {}

  async start(): Promise<void> {
    await this.parts.feed.start((reason) => this.hold(reason));
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
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
    const frame = pushFrame('resync', { reason });
    this.recovering = Promise.all(users.map((user) => this.reload(user, frame))).then(() => undefined);
  }

  /** Until it is done, or another recovery begins. */
  private async reload(user: ConnectedUser, frame: Buffer): Promise<void> {
    const { epoch } = user;
    const isWanted = () => user.epoch === epoch && user.subscribers.size > 0 && !this.stopping.signal.aborted;
    const attempt = async () => !isWanted() || (await this.tryReload(user, frame));
    for (let waitMs = RETRY_MS.first; !(await this.slots(attempt)); waitMs = Math.min(waitMs * 2, RETRY_MS.most)) {
      await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async tryReload(user: ConnectedUser, frame: Buffer): Promise<boolean> {
    const { loader, logger } = this.parts;
    try {
      await loader.load(user);
      for (const subscriber of user.subscribers) subscriber.push(frame);
      return true;
    } catch (error) {
      logger.warn({ err: error, userId: user.userId }, 'windows could not be read again');
      return false;
    }
  }
}
