import type { Logger } from 'pino';
import { isRequestType, problem, type RequestType } from '#contracts';
import type { AppError, Clock } from '#kernel';
import { runInContext } from '#observability';
import { toAppError, type Problems } from '../problems/problem-details.js';
import type { ConnectionMetrics } from './connection-metrics.js';
import type { Connection } from './connection.js';
import { decodeFrames, isBad, type DecodedFrame, type RequestFrame } from './frame-decoder.js';
import { errorFrame, okFrame } from './frame-encoder.js';
import { endIfUnauthenticated } from './failed-connect.js';
import type { RequestHandler } from './request-handler.js';

export type RequestHandlers = Record<RequestType, RequestHandler>;

export interface FrameDispatcherParts {
  handlers: RequestHandlers;
  problems: Problems;
  metrics: ConnectionMetrics;
  logger: Logger;
  clock: Clock;
}

/** From what came in on a socket to the answer of each frame. */
export class FrameDispatcher {
  constructor(private readonly parts: FrameDispatcherParts) {}

  receive(connection: Connection, message: Buffer, kind: { isBinary: boolean }): void {
    connection.heard();
    // Before anything is parsed. What is too many is parsed all the same, so that its refusal carries the id; flooding ends that.
    let tooMany = overLimit(connection);
    for (const [place, frame] of decodeFrames(message, kind).entries()) {
      if (!connection.isOpen) return;
      if (place > 0) tooMany = overLimit(connection);
      this.dispatch(connection, frame, tooMany);
    }
  }

  private dispatch(connection: Connection, frame: DecodedFrame, tooMany: AppError | undefined): void {
    const context = connection.newContext();
    const refusal = tooMany ?? (isBad(frame) ? frame.error : refusalOf(connection, frame));
    if (refusal) this.refuse(connection, frame, refusal, context.requestId);
    else runInContext(context, () => void this.handle(connection, frame as KnownFrame, context.requestId));
  }

  private refuse(connection: Connection, frame: DecodedFrame, error: AppError, requestId: string): void {
    this.parts.metrics.answered(typeLabel(frame), error.code);
    connection.queue.write(errorFrame(frame.id, this.parts.problems.toFrame(error, requestId)));
    if (error.code === 'too_many_requests' && connection.flood.refused(this.parts.clock.now())) {
      connection.close('flooding', 'too many requests after too many refusals');
    }
  }

  private async handle(connection: Connection, frame: KnownFrame, requestId: string): Promise<void> {
    const { type, id, data } = frame;
    connection.inFlight.begin();
    try {
      const answer = await this.parts.handlers[type].answer(connection, data);
      connection.queue.write(okFrame(id, answer));
      this.parts.metrics.answered(type, 'ok');
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') this.parts.logger.error({ err: thrown, type, requestId }, 'a frame failed');
      this.refuse(connection, frame, error, requestId);
      endIfUnauthenticated(connection, type, error);
    } finally {
      connection.inFlight.end();
    }
  }
}

type KnownFrame = RequestFrame & { type: RequestType };

/** Why a frame is refused before anybody looks at its data. */
function refusalOf(connection: Connection, { type }: RequestFrame): AppError | undefined {
  if (!isRequestType(type)) return problem('unknown_frame_type', `there is no frame of type ${JSON.stringify(type.slice(0, 64))}`);
  if (!connection.caller && type !== 'connect') return problem('unauthenticated', 'the first frame must be connect');
  if (connection.inFlight.isFull) return problem('too_many_in_flight', 'wait for answers before sending more');
  return undefined;
}

/** Takes one frame from the socket's bucket, whatever is in it; the error, when none was left. */
function overLimit(connection: Connection): AppError | undefined {
  if (connection.caller?.kind === 'backend') return undefined;
  const { allowed, rate, retryAfterMs } = connection.flood.take();
  if (allowed) return undefined;
  return problem('too_many_requests', `more than ${rate.perSecond} frames a second (burst ${rate.burst})`, { retryAfterMs });
}

/** Clients choose the type of a frame; a metric's labels they don't. */
function typeLabel(frame: DecodedFrame): string {
  return !isBad(frame) && isRequestType(frame.type) ? frame.type : 'unknown';
}
