/** 100 messages of one conversation. */
export interface MessageBucketDocument {
  /** `conversationID:index` */
  _id: string;
  conversation_id: string;
  index: number;
  /** Grows to 100; `msgs[slot]` holds seq `index*100 + slot + 1`. */
  msgs: SlotDocument[];
}

/** A message, and what later marks say of it beside it. */
export interface SlotDocument {
  msg: StoredMessageDocument;
}

export interface StoredMessageDocument {
  seq: number;
  id: string;
  client_msg_id: string;
  sender_id: string;
  device_id?: string;
  /** OpenIM's number, as the content type below. */
  platform?: number;
  nickname: string;
  avatar: string;
  type: number;
  /** JSON text; or, over 4 KiB with what goes with it, the size and hash of what `msg_body` holds. */
  content?: string;
  body?: { bytes: number; sha256: string };
  mentions?: string[];
  options?: Record<string, boolean>;
  ex?: string;
  /** Milliseconds since the epoch. */
  sent_at: number;
  created_at: number;
  /** Messages that count as unread, up to and with this one: where a cursor stands here. */
  counted: number;
}
