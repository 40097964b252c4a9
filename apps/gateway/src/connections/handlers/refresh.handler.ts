import { problem, RefreshFrame, type AnswerData } from '#contracts';
import type { Authenticator } from '../../authentication/authenticator.js';
import { readInput } from '../../input/read-input.js';
import type { ConnectionRegistry } from '../connection-registry.js';
import type { Connection } from '../connection.js';
import type { RequestHandler } from '../request-handler.js';
import { callingUser } from './calling-user.js';

/** A new token for the same user and device: the socket lives as long as that one. */
export class RefreshHandler implements RequestHandler {
  constructor(
    private readonly authenticator: Pick<Authenticator, 'authenticate'>,
    private readonly registry: ConnectionRegistry,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<AnswerData<'refresh'>> {
    const { token } = readInput(RefreshFrame, data);
    const before = callingUser(connection);
    const caller = await this.authenticator.authenticate(token);
    if (caller.kind !== 'user' || caller.userId !== before.userId || caller.deviceId !== before.deviceId) {
      throw problem('forbidden', `the new token must be one of ${before.userId} on device ${before.deviceId}`);
    }
    if (connection.isOpen) this.registry.bind(connection, caller.sessionId);
    connection.caller = caller;
    return { expiresAt: new Date(caller.expiresAt).toISOString() };
  }
}
