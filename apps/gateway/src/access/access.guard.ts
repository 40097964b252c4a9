import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUserId, problem, type UserId } from '#contracts';
import { Authenticator } from '../authentication/authenticator.js';
import { bearerToken } from '../authentication/bearer-token.js';
import type { Caller, UserCaller } from '../authentication/caller.js';
import { limitHeaders } from '../rate-limits/limit-headers.js';
import { RateLimits, requireAllowed } from '../rate-limits/rate-limits.js';
import { Profiles } from '../users/profiles.js';
import { ACCESS, LIMITED_AS, type Access } from './access.js';
import { setRequestCaller, type RequestCaller } from './request-caller.js';

/** Finds out who calls, whether he may call this route, and whether not too often. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly profiles: Profiles,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Handlers of the bus have no callers: what reaches them was let in where it came from.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler()) ?? 'user';
    const found = await this.identify(access, request);
    setRequestCaller(request, found);
    if (found.caller) this.limit(context, found.caller);
    return true;
  }

  private async identify(access: Access, request: FastifyRequest): Promise<RequestCaller> {
    const header = request.headers.authorization;
    if (access === 'open' || (access === 'optional' && header === undefined)) return {};
    const caller = await this.authenticator.authenticate(bearerToken(header));
    if (access === 'backend') return { caller: requireBackend(caller) };
    if (caller.kind === 'user') return { caller, userId: himself(caller, request.headers['hecto-user']) };
    return { caller, ...(await this.actedFor(access, request)) };
  }

  private async actedFor(access: Access, request: FastifyRequest): Promise<{ userId?: UserId }> {
    const named = request.headers['hecto-user'];
    if (named === undefined && access !== 'user') return {};
    const userId = requireUserId(named);
    await this.profiles.of(userId);
    return { userId };
  }

  private limit(context: ExecutionContext, caller: Caller): void {
    const name = this.reflector.get<'send' | 'request' | undefined>(LIMITED_AS, context.getHandler()) ?? 'request';
    const taken = this.limits.take(name, caller);
    if (taken) void context.switchToHttp().getResponse<FastifyReply>().headers(limitHeaders(taken));
    requireAllowed(taken);
  }
}

/** A user who says that he acts for another is told no, rather than taken for himself. */
function himself({ userId }: UserCaller, named: string | string[] | undefined): UserId {
  if (named === undefined || named === userId) return userId;
  throw problem('forbidden', "only the team's backend, with its API key, may act for a user");
}

function requireBackend(caller: Caller): Caller {
  if (caller.kind === 'backend') return caller;
  throw problem('forbidden', "only the team's backend, with its API key, may call this");
}

function requireUserId(named: string | string[] | undefined): UserId {
  if (typeof named === 'string' && isUserId(named)) return named;
  const detail = named === undefined ? 'with an API key, the header Hecto-User says which user this is for' : 'Hecto-User is no user id';
  throw problem('invalid_request', detail, {
    errors: [{ pointer: '/Hecto-User', code: named === undefined ? 'required' : 'bad_format', detail }],
  });
}
