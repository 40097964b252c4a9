/** One case: what is written to a socket. */
export interface Attack {
  /** What was done, for the report. */
  kind: string;
  /** The WebSocket message, in fragments if there are several. */
  parts: readonly Buffer[];
  isBinary: boolean;
  /** The frame's id, where the server can read it: an answer with it has to come. */
  id?: string;
  /** Bytes for the TCP connection itself, beside the WebSocket protocol; the server may hang up. */
  raw?: Buffer;
}

export function textAttack(kind: string, text: string | Buffer, id?: string): Attack {
  return { kind, parts: [Buffer.from(text)], isBinary: false, ...(id !== undefined && { id }) };
}
