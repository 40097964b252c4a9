import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel';
import { problem } from '#contracts';
import type { Telemetry } from '#observability';
import { fromFastify } from '../problems/from-fastify.js';
import { toAppError, type Problems } from '../problems/problem-details.js';
import type { KnownRoutes } from './known-routes.js';
import { sendProblem } from './send-problem.js';

/** Makes problem+json of whatever is thrown on the way of a request. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly problems: Problems,
    private readonly routes: KnownRoutes,
    private readonly telemetry: Telemetry,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = this.understand(thrown, request);
    if (error.status >= 500) this.log(error, request);
    if (error.code === 'method_not_allowed') void reply.header('allow', this.routes.methodsOf(request.url).join(', '));
    void sendProblem(reply, error, this.problems.toBody(error, request.id));
  }

  private understand(thrown: unknown, request: FastifyRequest): AppError {
    if (thrown instanceof NotFoundException) return this.noSuchRoute(request);
    return fromFastify(thrown) ?? toAppError(thrown);
  }

  private noSuchRoute({ method, url }: FastifyRequest): AppError {
    const path = url.split('?', 1)[0] ?? '';
    const methods = this.routes.methodsOf(path);
    if (methods.length === 0) return problem('not_found', `there is no ${path}`);
    return problem('method_not_allowed', `${path} has ${methods.join(', ')}, not ${method}`);
  }

  private log(error: AppError, request: FastifyRequest): void {
    const facts = { err: error.cause ?? error, code: error.code, method: request.method, url: request.url, requestId: request.id };
    if (error.code === 'internal') this.telemetry.logger.error(facts, 'a request failed');
    else this.telemetry.logger.warn(facts, 'a request could not be served');
  }
}
