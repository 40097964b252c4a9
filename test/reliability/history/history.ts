/**
 * What clients of a run did and saw, one JSON object a line, in the order in which it happened on the one machine that recorded it.
 * The checker reads nothing else, but for what the servers hold in the end. Times are milliseconds since the epoch of that machine.
 *
 * To record something new: add an operation or a push here, let the workload produce it, and add a rule to the checker.
 */
export type HistoryLine = CallLine | ReturnLine | PushLine | SocketLine | MarkLine;

/** A client asks for something. `call` is unique in the history. */
export interface CallLine {
  kind: 'call';
  at: number;
  call: number;
  client: Client;
  operation: Operation;
}

/**
 * What came of a call. `refused`: the server said no for good, and nothing may have changed. `unknown`: no answer, or a retryable one;
 * it may have happened, or may happen still. A call without a return line is unknown as well.
 */
export interface ReturnLine {
  kind: 'return';
  at: number;
  call: number;
  outcome: 'ok' | 'refused' | 'unknown';
  /** The error's code, of `refused` and, if there was an answer, of `unknown`. */
  code?: string;
  /** Of `ok`. */
  answer?: Answer;
}

/** The server told a socket something by itself. */
export interface PushLine {
  kind: 'push';
  at: number;
  client: Client;
  push: Push;
}

/** A connection began (after its `connect` was answered) or ended. Pushes of a client between the two came over this connection. */
export interface SocketLine {
  kind: 'socket';
  at: number;
  client: Client;
  event: 'open' | 'closed';
  gateway: string;
  closeCode?: number;
}

/** A fault, its healing, or a phase of the run: for whoever reads the counter-example. */
export interface MarkLine {
  kind: 'mark';
  at: number;
  what: string;
}

/** One device of a user; it has at most one connection at a time. HTTP calls of a device carry its name too. */
export interface Client {
  userId: string;
  deviceId: string;
}

export type Target = { userId: string } | { groupId: string } | { conversationId: string };

export type Operation =
  | { type: 'send'; over: 'socket' | 'http'; to: Target; clientMsgId: string; digest: string }
  | { type: 'create-group'; groupId: string; history: 'join' | 'all'; memberIds: string[] }
  | { type: 'join' | 'leave' | 'dismiss'; groupId: string }
  | { type: 'invite'; groupId: string; userIds: string[] }
  | { type: 'kick'; groupId: string; userId: string }
  | { type: 'read'; conversationId: string; seq: number }
  | { type: 'history'; conversationId: string; range: { fromSeq?: number; toSeq?: number; beforeSeq?: number; afterSeq?: number } }
  /**
   * Over the conversations whose id is above `after` (default: from the first) and not above `through` (default: to the last), by bytes.
   * `connect`: asked by the `resume` of a connect, over all.
   */
  | { type: 'sync'; via: 'connect' | 'sync'; cursors: Record<string, number>; after?: string; through?: string }
  | { type: 'list' };

/** `type` is that of the operation; those that are not here answer nothing that is checked. */
export type Answer =
  | { type: 'send'; conversationId: string; seq: number; messageId: string; replayed: boolean }
  | { type: 'read'; readSeq: number; unread: number }
  | { type: 'history'; items: SeenMessage[]; minSeq: number; maxSeq: number; complete: boolean }
  | { type: 'sync'; moved: { conversationId: string; minSeq: number; maxSeq: number; readSeq: number }[]; complete: boolean; next?: string }
  | { type: 'list'; items: ListedConversation[] }
  | { type: 'done' };

/** A message as a client saw it; `digest` is that of its content (`digestOf`). */
export interface SeenMessage {
  conversationId: string;
  seq: number;
  messageId: string;
  senderId: string;
  clientMsgId: string;
  digest: string;
}

export interface ListedConversation {
  conversationId: string;
  maxSeq: number;
  readSeq: number;
  unread: number;
  /** Of the latest message, when it is shown. */
  previewSeq?: number;
}

export type Push =
  | ({ type: 'message' } & SeenMessage)
  | { type: 'hint' | 'closed' | 'dismissed'; conversationId: string; maxSeq: number }
  | { type: 'opened'; conversationId: string; minSeq: number; maxSeq: number }
  | { type: 'resync'; reason: string };
