import fc from 'fast-check';
import { AppError } from '#kernel';
import { decodeFrames, isBad } from './frame-decoder.js';

const text = { isBinary: false };
const decode = (value: unknown) => decodeFrames(Buffer.from(JSON.stringify(value)), text);
const codeOf = (frames: ReturnType<typeof decode>) => frames.map((frame) => (isBad(frame) ? frame.error.code : frame.type));

describe('decodeFrames', () => {
  it('answers any bytes with frames or errors, and never throws', () => {
    const json = fc.json().map((one) => Buffer.from(one));
    const bytes = fc.uint8Array().map((one) => Buffer.from(one));
    fc.assert(
      fc.property(fc.oneof(json, bytes), (message) => {
        for (const frame of decodeFrames(message, text)) if (isBad(frame)) expect(frame.error).toBeInstanceOf(AppError);
      }),
    );
  });

  it('reads frames in the order of their array', () => {
    const ids = [3, 'x', 0];
    expect(decode(ids.map((id) => ({ type: 'ping', id })))).toEqual(ids.map((id) => ({ type: 'ping', id, data: {} })));
  });

  it('refuses only the wrong one of several', () => {
    expect(codeOf(decode([{ type: 'ping', id: 1 }, { id: 2 }, 7, { type: 'ping', id: 4 }]))).toEqual([
      'ping',
      'invalid_request',
      'invalid_request',
      'ping',
    ]);
  });

  it('takes content that is nested as deep as it may be, also in an array of frames', () => {
    const content = JSON.parse('['.repeat(32) + ']'.repeat(32)) as unknown;
    expect(codeOf(decode([{ type: 'send', id: 1, data: { content } }]))).toEqual(['send']);
  });
});
