import type { Clock } from '#kernel';
import { ConnectFrame, LIMITS, MAX_FRAMES_IN_ARRAY, problem, type AnswerData } from '#contracts';
import type { Authenticator } from '../../authentication/authenticator.js';
import type { Caller, UserCaller } from '../../authentication/caller.js';
import { readInput } from '../../input/read-input.js';
import type { Connection } from '../connection.js';
import { PING_INTERVAL_MS } from '../heartbeat.js';
import type { RequestHandler } from '../request-handler.js';
import type { Arrival, UserArrival } from '../user-arrival.js';

const SOCKET_LIMITS = {
  maxFrameBytes: LIMITS.maxFrameBytes,
  maxFramesInArray: MAX_FRAMES_IN_ARRAY,
  maxContentBytes: LIMITS.maxContentBytes,
  maxContentDepth: LIMITS.maxContentDepth,
  maxInFlight: LIMITS.maxInFlight,
  maxPageMessages: LIMITS.maxPageMessages,
  maxCursors: LIMITS.maxPageItems,
};

const BACKEND_ARRIVAL: Arrival = { resumed: false, complete: false, moved: [] };

/** Says who speaks on the socket; for a user delivery begins with the answer. */
export class ConnectHandler implements RequestHandler {
  constructor(
    private readonly authenticator: Pick<Authenticator, 'authenticate'>,
    private readonly arrival: UserArrival,
    private readonly clock: Clock,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<AnswerData<'connect'>> {
    const frame = readInput(ConnectFrame, data);
    if (connection.caller || connection.connecting)
      throw problem('invalid_request', 'this socket is connected: a new token goes into refresh');
    connection.connecting = true;
    try {
      const caller = await this.authenticator.authenticate(frame.token);
      const arrival = await this.arrive(connection, caller, frame);
      return this.answerFor(caller, arrival);
    } finally {
      connection.connecting = false;
    }
  }

  private async arrive(connection: Connection, caller: Caller, { deviceId, resume }: ConnectFrame): Promise<Arrival> {
    if (caller.kind === 'backend') {
      connection.caller = caller;
      return BACKEND_ARRIVAL;
    }
    if (deviceId !== undefined && deviceId !== caller.deviceId) throw wrongDevice(deviceId, caller);
    return this.arrival.arrive(connection, caller, resume?.cursors);
  }

  private answerFor(caller: Caller, arrival: Arrival): AnswerData<'connect'> {
    const isUser = caller.kind === 'user';
    return {
      sessionId: isUser ? caller.sessionId : null,
      userId: isUser ? caller.userId : null,
      serverTime: new Date(this.clock.now()).toISOString(),
      pingIntervalMs: PING_INTERVAL_MS,
      limits: SOCKET_LIMITS,
      ...arrival,
    };
  }
}

function wrongDevice(deviceId: string, caller: UserCaller): Error {
  const detail = `the token is of device ${caller.deviceId}, not of ${deviceId}`;
  return problem('invalid_request', detail, { errors: [{ pointer: '/deviceId', code: 'not_allowed', detail }] });
}
