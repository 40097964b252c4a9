import type { Binary } from 'mongodb';

export interface MessageKeyDocument {
  /** 20 bytes, see message-key.ts. */
  _id: Binary;
  /** The place of the record that was decided under it. */
  place: number;
  result: number;
  /** Milliseconds since the epoch. */
  time: number;
  payload_hash?: string;
}
