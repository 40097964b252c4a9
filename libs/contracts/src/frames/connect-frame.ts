import { IsArray, IsBoolean, IsISO8601, IsInt, IsString, MaxLength } from 'class-validator';
import type { UserId } from '../ids/user-id.js';
import { IsOpaqueId } from '../validation.js';
import { checkedBy } from './checked-by.js';
import { CURSORS_SCHEMA, isCursors, type Cursors } from './cursors.js';
import { About, Nullable, Optional, Shows } from './field-notes.js';
import { Moved } from './sync-frame.js';

const MAX_CLIENT_TEXT = 64;
const CLIENT_TEXT = { type: 'string', minLength: 1, maxLength: MAX_CLIENT_TEXT } as const;

/** What software is speaking, for the server's logs. */
export interface ClientInfo {
  name: string;
  version: string;
}

export interface Resume {
  cursors: Cursors;
}

const IsClientInfo = () =>
  checkedBy({
    name: 'isClientInfo',
    check: (value) => hasExactly(value, ['name', 'version']) && Object.values(value).every(isClientText),
    rule: `must be {name, version}, texts of 1–${MAX_CLIENT_TEXT} characters`,
    schema: {
      type: 'object',
      required: ['name', 'version'],
      properties: { name: CLIENT_TEXT, version: CLIENT_TEXT },
      additionalProperties: false,
    },
  });

const IsResume = () =>
  checkedBy({
    name: 'isResume',
    check: (value) => hasExactly(value, ['cursors']) && isCursors(value['cursors']),
    rule: 'must be {cursors} with at most 200 conversation ids and their whole seqs from 0 on',
    schema: { type: 'object', required: ['cursors'], properties: { cursors: CURSORS_SCHEMA }, additionalProperties: false },
  });

export class ConnectFrame {
  @About('An access token, or the API key (hk_…) of a backend.') @IsString() @MaxLength(4096) token: string;
  @About('Must be the one that the token was made for.') @Optional() @IsOpaqueId() deviceId?: string;
  @About('What software is speaking, for the server’s logs.') @Optional() @IsClientInfo() client?: ClientInfo;
  @About(
    'Asks for `moved`: the last seq, per conversation, up to which the client lacks nothing. ' +
      'With more than 200 conversations leave it out and use `sync`.',
  )
  @Optional()
  @IsResume()
  resume?: Resume;
}

export class SocketLimits {
  @About('Bytes of a WebSocket message; a larger one closes the socket.') @IsInt() maxFrameBytes: number;
  @About('Frames in one array.') @IsInt() maxFramesInArray: number;
  @About('Bytes of a message’s content as JSON text.') @IsInt() maxContentBytes: number;
  @IsInt() maxContentDepth: number;
  @About('Requests that may wait for their answer; the next one is refused with `too_many_in_flight`.') @IsInt() maxInFlight: number;
  @About('Messages of one `history` answer.') @IsInt() maxPageMessages: number;
  @About('Cursors of one `connect` or `sync`.') @IsInt() maxCursors: number;
}

export class ConnectAnswer {
  @About('Of the log-in behind the token; null for a backend.') @Nullable() @IsString() sessionId: string | null;
  @About('Null for a backend.') @Nullable() @IsString() userId: UserId | null;
  @IsISO8601() serverTime: string;
  @About('The server sends something at least this often; give up after this and 10 s more of silence.') @IsInt() pingIntervalMs: number;
  @Shows(() => SocketLimits) limits: SocketLimits;
  @About('Whether `resume` was asked for and `moved` answers it.') @IsBoolean() resumed: boolean;
  @About('Whether `moved` names every conversation that moved. If not, go on with `sync`.') @IsBoolean() complete: boolean;
  @About('The conversations with messages beyond the cursors, by id, at most 200.') @IsArray() @Shows(() => Moved) moved: Moved[];
}

export class RefreshFrame {
  @About('A new access token of the same user and device.') @IsString() @MaxLength(4096) token: string;
}

export class RefreshAnswer {
  @About('When the socket will be closed unless refreshed again.') @IsISO8601() expiresAt: string;
}

export class PingFrame {}

export class PingAnswer {
  @IsISO8601() serverTime: string;
}

function hasExactly(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => own.includes(key));
}

function isClientText(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_CLIENT_TEXT;
}
