import { isUtf8 } from 'node:buffer';
import { AppError } from '#kernel';
import { isFrameId, LIMITS, MAX_FRAMES_IN_ARRAY, problem, type FrameId } from '#contracts';
import { findUnsafe } from '../json/find-unsafe.js';
import { parseJson } from '../json/parse-json.js';

export interface RequestFrame {
  type: string;
  id: FrameId;
  data: unknown;
}

/** A frame that can't be handed to anybody; with its id, if that could be read. */
export interface BadFrame {
  id: FrameId | undefined;
  error: AppError;
}

export type DecodedFrame = RequestFrame | BadFrame;

/** Levels around a message's content: the array of frames, the frame, its data. */
const MAX_DEPTH = LIMITS.maxContentDepth + 3;
const JSON_LIMITS = { maxBytes: LIMITS.maxFrameBytes, maxDepth: MAX_DEPTH };

/** What one WebSocket message holds: a frame, or an array of them. Nothing is thrown: what is wrong with a frame is its answer. */
export function decodeFrames(message: Buffer, { isBinary }: { isBinary: boolean }): DecodedFrame[] {
  if (isBinary) return [bad(problem('unsupported_media_type', 'frames are JSON in text messages'))];
  const parsed = parse(message);
  if ('error' in parsed) return [parsed];
  const { value, checked } = parsed;
  if (!Array.isArray(value)) return [frameOf(value, checked)];
  if (value.length === 0 || value.length > MAX_FRAMES_IN_ARRAY) {
    return [bad(problem('invalid_request', `an array holds 1 to ${MAX_FRAMES_IN_ARRAY} frames, not ${value.length}`))];
  }
  return value.map((one: unknown) => frameOf(one, checked));
}

export function isBad(frame: DecodedFrame): frame is BadFrame {
  return 'error' in frame;
}

type Parsed = { value: unknown; checked: Checked } | BadFrame;
/** What the parser says is unsafe somewhere has to be looked for in each frame, so that only the one is refused, by its id. */
type Checked = 'safe' | 'unsafe somewhere';

function parse(message: Buffer): Parsed {
  try {
    return { value: parseJson(message, JSON_LIMITS), checked: 'safe' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== 'invalid_request' || !isUtf8(message)) return bad(error);
    return { value: JSON.parse(message.toString('utf8')) as unknown, checked: 'unsafe somewhere' };
  }
}

function frameOf(value: unknown, checked: Checked): DecodedFrame {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(problem('invalid_request', 'a frame is an object'));
  const { type, id, data = {}, ...unknown } = value as Record<string, unknown>;
  const known = isFrameId(id) ? id : undefined;
  const unsafe = checked === 'safe' ? undefined : findUnsafe(value, MAX_DEPTH - 1);
  if (unsafe) return bad(problem('invalid_request', `${unsafe.detail ?? unsafe.code} (at ${unsafe.pointer})`, { errors: [unsafe] }), known);
  if (known === undefined) return bad(invalid('/id', 'id must be a whole number from 0 on, or a text of 1–64 characters'));
  if (typeof type !== 'string') return bad(invalid('/type', 'type must be a text'), known);
  const [extra] = Object.keys(unknown);
  if (extra !== undefined) return bad(invalid(`/${extra}`, `a frame has type, id and data, and no ${JSON.stringify(extra)}`), known);
  return { type, id: known, data };
}

function invalid(pointer: string, detail: string): AppError {
  return problem('invalid_request', detail, { errors: [{ pointer, code: 'invalid', detail }] });
}

function bad(error: AppError, id?: FrameId): BadFrame {
  return { id, error };
}
