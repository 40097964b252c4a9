import type { AppError } from '#kernel';
import type { ConversationId, Message, SendAnswer, Seq, StoredEvent, UserId, WindowsAnswer } from '#contracts';
import type { InboundRecord, UnreadableRecord } from './command.js';
import type { ConversationFacts, KeyFacts } from './train-state.js';

/** A window as a rule leaves it. */
export interface WindowChange {
  userId: UserId;
  open: boolean;
  minSeq: Seq;
}

interface Decided {
  record: InboundRecord;
}

interface Changed extends Decided {
  conversationId: ConversationId;
  /** The conversation before, undefined: this made it. */
  before: ConversationFacts | undefined;
  after: ConversationFacts;
  key: KeyFacts;
  event: StoredEvent;
}

/** A send that got its seq. */
export interface Stored extends Changed {
  kind: 'stored';
  message: Message;
  /** Messages that count as unread, up to and with this one. */
  counted: number;
  answer: SendAnswer;
}

/** A rule that took effect. `windows`: only those that it changed. */
export interface Ruled extends Changed {
  kind: 'ruled';
  windows: WindowChange[];
  answer: WindowsAnswer;
}

/** Decided before by this very record: published and answered again, nothing written. */
export interface Again extends Decided {
  kind: 'again';
  event: StoredEvent;
  answer: SendAnswer | WindowsAnswer;
}

/** Decided before by an earlier record: only the first answer again. */
export interface Repeated extends Decided {
  kind: 'repeated';
  answer: SendAnswer | WindowsAnswer;
}

export interface Refused extends Decided {
  kind: 'refused';
  error: AppError;
}

/** Redelivered, and refused then: whoever sent it has sent it again, if he still wants it. */
export interface Passed extends Decided {
  kind: 'passed';
}

export interface Dead {
  kind: 'dead';
  record: UnreadableRecord;
}

export type Decision = Stored | Ruled | Again | Repeated | Refused | Passed | Dead;
