/** A request's id: the client's own, given back with the answer. */
export type FrameId = string | number;

export const MAX_FRAME_ID_LENGTH = 64;
export const MAX_FRAMES_IN_ARRAY = 100;

/** Subprotocol of the JSON encoding of this version. */
export const SUBPROTOCOL_JSON = 'hecto.v1.json';

export function isFrameId(value: unknown): value is FrameId {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_FRAME_ID_LENGTH;
}
