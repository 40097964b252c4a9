/** What is too large for a slot: a bucket stays below 2 MB. */
export interface MessageBodyDocument {
  /** `conversationID:seq` */
  _id: string;
  content: string;
  mentions?: string[];
  ex?: string;
}
