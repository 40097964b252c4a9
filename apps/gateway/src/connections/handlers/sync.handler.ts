import { SyncFrame, type AnswerData } from '#contracts';
import { readInput } from '../../input/read-input.js';
import { requireAllowed, type RateLimits } from '../../rate-limits/rate-limits.js';
import type { SyncService } from '../../sync/sync.service.js';
import type { Connection } from '../connection.js';
import type { RequestHandler } from '../request-handler.js';
import { callingUser } from './calling-user.js';

/** What moved beyond the client's cursors, a range at a time. */
export class SyncHandler implements RequestHandler {
  constructor(
    private readonly syncing: SyncService,
    private readonly limits: Pick<RateLimits, 'take'>,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<AnswerData<'sync'>> {
    const frame = readInput(SyncFrame, data);
    const caller = callingUser(connection);
    requireAllowed(this.limits.take('request', caller));
    return this.syncing.sync(caller.userId, frame);
  }
}
