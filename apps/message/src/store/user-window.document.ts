export interface UserWindowDocument {
  /** `<user>|<conversation>` */
  _id: string;
  user_id: string;
  conversation_id: string;
  min_seq: number;
  closed?: true;
  /** The place of the record that changed the window last. */
  changed_at: number;
  /** Milliseconds since the epoch. */
  opened_at: number;
  read_seq: number;
  /** Messages that count as unread, up to read_seq. */
  read_counted: number;
}
