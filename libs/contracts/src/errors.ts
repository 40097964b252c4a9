import { AppError, type FieldError } from '#kernel';

export interface ErrorSpec {
  status: number;
  title: string;
  /** Whether the same call, repeated unchanged, may succeed. */
  retryable: boolean;
  /** What it means and what to do, for docs/errors.md. */
  about: string;
}

function spec(status: number, title: string, about: string, retryable = false): ErrorSpec {
  return { status, title, about, retryable };
}

/** Every error that a caller can meet, on HTTP, on the WebSocket and on the bus. docs/errors.md is generated from it. */
export const ERRORS = {
  malformed_json: spec(400, 'Malformed JSON', 'The body or frame is not valid JSON in UTF-8.'),
  invalid_request: spec(400, 'Invalid request', 'Fields are missing, unknown, or out of range; `errors` names each with a JSON pointer.'),
  invalid_cursor: spec(400, 'Invalid cursor', 'A page cursor was not one that this list handed out. Start again without it.'),
  unknown_frame_type: spec(400, 'Unknown frame type', 'The WebSocket frame has a `type` that this server does not know.'),
  unauthenticated: spec(401, 'Not authenticated', 'No credentials were sent, or not in the form `Authorization: Bearer …`.'),
  invalid_token: spec(401, 'Invalid token', 'The token is malformed or was not signed by this server.'),
  token_expired: spec(401, 'Token expired', 'The access token has expired. Use the refresh token to get a new one.'),
  token_revoked: spec(401, 'Token revoked', 'The session behind this token was logged out. Log in again.'),
  wrong_credentials: spec(401, 'Wrong credentials', 'No account has this id or e-mail with this password.'),
  forbidden: spec(403, 'Forbidden', 'The caller may not do this.'),
  registration_closed: spec(403, 'Registration closed', 'Only the team’s backend, with its admin key, may create users here.'),
  not_a_member: spec(403, 'Not a member', 'The user is not a member of this conversation now.'),
  outside_window: spec(403, 'Outside the window', 'The seqs asked for lie outside of what this user may read.'),
  not_found: spec(404, 'Not found', 'There is no such route or thing.'),
  user_not_found: spec(404, 'User not found', 'There is no user with this id.'),
  group_not_found: spec(404, 'Group not found', 'There is no group with this id.'),
  conversation_not_found: spec(404, 'Conversation not found', 'There is no conversation with this id for this user.'),
  device_not_found: spec(404, 'Device not found', 'The user has no such device logged in.'),
  method_not_allowed: spec(405, 'Method not allowed', 'The route exists, but not with this method.'),
  user_exists: spec(409, 'User exists', 'There is a user with this id or e-mail already.'),
  group_exists: spec(409, 'Group exists', 'There is a group with this id already.'),
  group_dismissed: spec(409, 'Group dismissed', 'The group was dismissed; nothing can be done in it any more.'),
  owner_cannot_leave: spec(409, 'The owner can’t leave', 'Transfer the group to another member, or dismiss it.'),
  conflict: spec(409, 'Conflict', 'The thing was changed by someone else at the same moment. Read it again and retry.', true),
  payload_too_large: spec(413, 'Too large', 'The body, frame or content is larger than `limits` of GET /v1/server allow.'),
  unsupported_media_type: spec(415, 'Unsupported media type', 'Bodies are `application/json`.'),
  idempotency_key_reused: spec(422, 'Idempotency key reused', 'This client message id was used for another content. Choose a new id.'),
  group_full: spec(422, 'Group full', 'The group has as many members as a group can have.'),
  too_many_requests: spec(429, 'Too many requests', 'A rate limit was passed; `retryAfterMs` says when to try again.', true),
  too_many_in_flight: spec(
    429,
    'Too many unanswered requests',
    'This socket has as many unanswered requests as it may have. Wait for answers.',
    true,
  ),
  internal: spec(500, 'Internal error', 'A fault of the server, logged with the request id.', true),
  unavailable: spec(
    503,
    'Unavailable',
    'A part that this call needs is away for the moment, or has too much to do. Nothing was changed, or repeating is safe.',
    true,
  ),
  timeout: spec(504, 'Timeout', 'No answer in time; the call may have taken effect. Repeat it with the same ids.', true),
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

interface ProblemExtras {
  retryAfterMs?: number | undefined;
  errors?: FieldError[] | undefined;
  cause?: unknown;
}

/** The error of this code, ready to throw. `detail` names the thing it happened to; the caller sees it. */
export function problem(code: ErrorCode, detail: string, extras: ProblemExtras = {}): AppError {
  const { status, title, retryable } = ERRORS[code];
  return new AppError({ code, status, title, retryable, detail, ...extras });
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
