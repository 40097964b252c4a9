import type { AppError } from '#kernel';
import type { CloseReason, ErrorCode, RequestType } from '#contracts';
import type { Connection } from './connection.js';

const ENDS: Partial<Record<ErrorCode, CloseReason>> = {
  unauthenticated: 'bad_token',
  invalid_token: 'bad_token',
  token_revoked: 'bad_token',
  token_expired: 'token_expired',
};

/** A `connect` with a token that is no good ends the socket, after its error. What may succeed later may be tried again on it. */
export function endIfUnauthenticated(connection: Connection, type: RequestType, error: AppError): void {
  const reason = type === 'connect' ? ENDS[error.code as ErrorCode] : undefined;
  if (reason) connection.close(reason, error.detail);
}
