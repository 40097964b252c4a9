const FIN_TEXT = 0x81;
const MAX_7_BITS = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A text as one unfragmented, unmasked WebSocket frame (RFC 6455, 5.2): what a server sends, the same bytes for every socket. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = headerLength(length);
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FIN_TEXT;
  if (length <= MAX_7_BITS) frame[1] = length;
  else if (length <= 0xffff) {
    frame[1] = LENGTH_16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_64;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header);
  return frame;
}

function headerLength(length: number): number {
  if (length <= MAX_7_BITS) return 2;
  return length <= 0xffff ? 4 : 10;
}
