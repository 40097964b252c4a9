import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem, type UserId } from '#contracts';
import type { Caller } from '../authentication/caller.js';

/** Who a request is from, as the guard found it. */
export interface RequestCaller {
  caller?: Caller;
  /** The user himself, or whom a backend acts as. */
  userId?: UserId;
}

const callers = new WeakMap<object, RequestCaller>();

export function setRequestCaller(request: FastifyRequest, found: RequestCaller): void {
  callers.set(request.raw, found);
}

function requestCaller(request: FastifyRequest): RequestCaller {
  return callers.get(request.raw) ?? {};
}

/** The user that the request is from or for: on routes with access `user`. */
export const ActingUser = createParamDecorator((_: unknown, context: ExecutionContext): UserId => {
  const { userId } = ofContext(context);
  if (!userId) throw problem('unauthenticated', 'this route is for users');
  return userId;
});

/** The caller and, if there is one, the user he acts for. */
export const FromCaller = createParamDecorator((_: unknown, context: ExecutionContext): RequestCaller => ofContext(context));

function ofContext(context: ExecutionContext): RequestCaller {
  return requestCaller(context.switchToHttp().getRequest<FastifyRequest>());
}
