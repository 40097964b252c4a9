import type { ConversationId, Place, Preview, Seq, UserId } from '#contracts';

/** What admission knows of a conversation. */
export interface ConversationFacts {
  maxSeq: Seq;
  /** Messages that count as unread, up to maxSeq. */
  counted: number;
  dismissed: boolean;
  last: Preview | undefined;
}

/** One user's window of a conversation. */
export interface WindowFacts {
  open: boolean;
  minSeq: Seq;
}

/** What was decided under a client's or a service's id. */
export interface KeyFacts {
  place: Place;
  /** Of a send: its seq. Of a rule: the last seq before it took effect. */
  result: Seq;
  /** Milliseconds since the epoch. */
  time: number;
  payloadHash: string;
}

/** What the decisions of a train are made from; `undefined`: there is none. */
export interface TrainFacts {
  key(keyId: string): KeyFacts | undefined;
  conversation(id: ConversationId): ConversationFacts | undefined;
  window(id: ConversationId, user: UserId): WindowFacts | undefined;
}

/** The facts as loaded, with what the train has decided so far laid over them. */
export class TrainState implements TrainFacts {
  private readonly keys = new Map<string, KeyFacts>();
  private readonly conversations = new Map<ConversationId, ConversationFacts>();
  private readonly windows = new Map<string, WindowFacts>();

  constructor(private readonly loaded: TrainFacts) {}

  key(keyId: string): KeyFacts | undefined {
    return this.keys.get(keyId) ?? this.loaded.key(keyId);
  }

  conversation(id: ConversationId): ConversationFacts | undefined {
    return this.conversations.get(id) ?? this.loaded.conversation(id);
  }

  window(id: ConversationId, user: UserId): WindowFacts | undefined {
    return this.windows.get(windowKey(id, user)) ?? this.loaded.window(id, user);
  }

  setKey(keyId: string, facts: KeyFacts): void {
    this.keys.set(keyId, facts);
  }

  setConversation(id: ConversationId, facts: ConversationFacts): void {
    this.conversations.set(id, facts);
  }

  setWindow(id: ConversationId, user: UserId, facts: WindowFacts): void {
    this.windows.set(windowKey(id, user), facts);
  }
}

export function windowKey(id: ConversationId, user: UserId): string {
  return `${user}|${id}`;
}
