import type { FrameId } from '#contracts';
import { textFrame } from '../delivery/text-frame.js';
import type { FrameError } from '../problems/problem-details.js';

/** Data that is JSON text already. */
export class JsonText {
  constructor(readonly text: string) {}
}

export function okFrame(id: FrameId, data: object): Buffer {
  const text = data instanceof JsonText ? data.text : JSON.stringify(data);
  return textFrame(`{"type":"ok","id":${JSON.stringify(id)},"data":${text}}`);
}

/** Without an id: the answer to a frame whose id could not be read. */
export function errorFrame(id: FrameId | undefined, error: FrameError): Buffer {
  return textFrame(JSON.stringify({ type: 'error', ...(id !== undefined && { id }), error }));
}
