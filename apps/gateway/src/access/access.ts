import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/**
 * Who may call a route. `user`: a user, or a backend that names one in `Hecto-User`; `anyone`: a user or a backend;
 * `backend`: only the team's own backend; `optional`: everyone, and who does send a token is known by it; `open`: everyone, and
 * a token is not even looked at (a client that refreshes its tokens may well send the expired one along).
 */
export type Access = 'user' | 'anyone' | 'backend' | 'optional' | 'open';

export const ACCESS = Symbol('access');
export const LIMITED_AS = Symbol('limited as');

export function AccessFor(access: Access): CustomDecorator<symbol> {
  return SetMetadata(ACCESS, access);
}

/** Which of a user's buckets a call takes from; without it, `request`. */
export function LimitedAs(name: 'send' | 'request'): CustomDecorator<symbol> {
  return SetMetadata(LIMITED_AS, name);
}
