import * as ws from 'ws';
import { textFrame } from './text-frame.js';

type SenderClass = { frame: (data: Buffer, options: object) => Buffer[] };
// Exported, and not in @types/ws 8.18.
const frameOfWs = (data: Buffer, options: object) => (ws as unknown as { Sender: SenderClass }).Sender.frame(data, options);

describe('textFrame', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('is what a WebSocket sends itself, with %i bytes of text', (length) => {
    const text = 'x'.repeat(length);
    const parts = frameOfWs(Buffer.from(text), { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false });
    expect(textFrame(text).equals(Buffer.concat(parts))).toBe(true);
  });

  it('counts bytes, not characters', () => {
    expect(textFrame('ü🙂').subarray(0, 2)).toEqual(Buffer.from([0x81, 6]));
  });
});
