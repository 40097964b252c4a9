import type { Attempt, SentAs } from './attempt.js';
import type { StoredLog, StoredMessage } from './stored-log.js';

/** Everything that was tried under one client message id of one sender in one conversation. */
export class Sent implements SentAs {
  readonly attempts: Attempt[] = [];
  stored: StoredMessage | undefined;
  private first: number | undefined;

  constructor(
    readonly log: StoredLog,
    readonly senderId: string,
    readonly clientMsgId: string,
  ) {}

  /** The attempts of which one may have made the message: an answer that it was there already says that it was another's. */
  get candidates(): Attempt[] {
    const possible = this.attempts.filter(({ outcome, answer }) => outcome !== 'refused' && answer?.replayed !== true);
    const first = possible.filter(({ answer }) => answer);
    return first.length > 0 ? first : possible;
  }

  /** The line before which it can't have been stored. Ask when the history is over. */
  get firstLine(): number {
    const { candidates } = this;
    return (this.first ??= Math.min(...(candidates.length > 0 ? candidates : this.attempts).map(({ line }) => line)));
  }

  get answered(): Attempt[] {
    return this.attempts.filter(({ answer }) => answer);
  }

  get lines(): number[] {
    return this.attempts.flatMap(({ line, end }) => [line, end]);
  }

  get seq(): number | undefined {
    return this.stored?.seq ?? this.answered[0]?.answer?.seq;
  }

  get name(): string {
    return `${this.clientMsgId} of ${this.senderId} in ${this.log.id}`;
  }
}

/** All sends, by what makes them the same message. */
export class Sends {
  private readonly byLog = new Map<StoredLog, Map<string, Sent>>();
  readonly all: Sent[] = [];

  find(log: StoredLog, senderId: string, clientMsgId: string): Sent | undefined {
    return this.byLog.get(log)?.get(keyOf(senderId, clientMsgId));
  }

  of(log: StoredLog, senderId: string, clientMsgId: string): Sent {
    const found = this.find(log, senderId, clientMsgId);
    if (found) return found;
    const made = new Sent(log, senderId, clientMsgId);
    const ofLog = this.byLog.get(log) ?? new Map<string, Sent>();
    this.byLog.set(log, ofLog.set(keyOf(senderId, clientMsgId), made));
    this.all.push(made);
    return made;
  }
}

function keyOf(senderId: string, clientMsgId: string): string {
  return `${senderId}|${clientMsgId}`;
}
