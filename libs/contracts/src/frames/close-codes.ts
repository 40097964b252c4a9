export interface CloseSpec {
  code: number;
  /** Whether the client should connect again by itself. 4000–4499: yes; 4500–4999: no. */
  reconnect: boolean;
  about: string;
}

function spec(code: number, about: string): CloseSpec {
  return { code, reconnect: code < 4500, about };
}

/** Why the server closes a WebSocket; a `closing` push with the same code comes before, as long as the socket takes it. */
export const CLOSE_CODES = {
  going_away: spec(4001, 'This gateway is shutting down. Connect again after `reconnectAfterMs`; another one answers.'),
  slow_consumer: spec(4002, 'The client did not read what was sent for too long. Connect again and sync.'),
  token_expired: spec(4003, 'The access token ran out without a `refresh`. Get a new one, then connect again.'),
  connect_timeout: spec(4004, 'No `connect` succeeded within 10 s of the opening.'),
  bad_token: spec(4500, 'The token is malformed, not of this server, or its session was logged out. Log in again.'),
  replaced: spec(4501, 'Another log-in took the place of this session.'),
  protocol_error: spec(4503, 'A frame was larger than `limits.maxFrameBytes`, or broke the WebSocket protocol.'),
  flooding: spec(4504, 'The client went on sending after many refusals with `too_many_requests`.'),
} as const satisfies Record<string, CloseSpec>;

export type CloseReason = keyof typeof CLOSE_CODES;
export const CLOSE_REASONS = Object.keys(CLOSE_CODES) as CloseReason[];
