import type { ContentType } from '#contracts';

export interface SeqDocument {
  /** The conversation id. */
  _id: string;
  /** Of a conversation of two. */
  members?: string[];
  max_seq: number;
  /** Nothing below is readable for anyone. */
  min_seq: number;
  /** Messages that count as unread, up to max_seq. */
  counted: number;
  last?: PreviewDocument;
  dismissed?: true;
  /** Milliseconds since the epoch. */
  created_at: number;
}

export interface PreviewDocument {
  seq: number;
  sender_id: string;
  type: ContentType;
  excerpt: string;
  sent_at: number;
}
