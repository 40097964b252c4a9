import { digestOf } from '../history/digest.js';
import type { Answer, Target } from '../history/history.js';
import type { Connection } from './connection.js';
import type { Cursors } from './cursors.js';
import { needsNewToken, type Outcome } from './outcome.js';
import { SendLane } from './send-lane.js';
import type { SocketCalls, SocketOperation } from './socket-calls.js';

export interface Send {
  to: Target;
  clientMsgId: string;
  content: object;
}

/** The final word on a send. */
export type Sent = Exclude<Outcome<Extract<Answer, { type: 'send' }>>, { outcome: 'unknown' }>;

interface Entry {
  operation: SocketOperation & { type: 'send' };
  content: object;
  onAnswer: (sent: Sent) => void;
}

/** What a refusal for now asks for: a new connection, after so long. */
export interface Setback {
  retryAfterMs?: number;
  newToken: boolean;
}

/** Sends of one device in their order, each until it is answered, over whatever connection there is. */
export class Sender {
  private readonly lane = new SendLane<Entry>();
  private connection: Connection | undefined;

  constructor(
    private readonly calls: SocketCalls,
    private readonly cursors: Cursors,
    private readonly onSetback: (setback: Setback) => void,
  ) {}

  /** How many are unanswered. */
  get size(): number {
    return this.lane.size;
  }

  send({ to, clientMsgId, content }: Send, onAnswer: (sent: Sent) => void): void {
    this.lane.add({ operation: { type: 'send', over: 'socket', to, clientMsgId, digest: digestOf(content) }, content, onAnswer });
    this.submit();
  }

  /** Begins again with the first unanswered one. */
  attach(connection: Connection): void {
    this.lane.restart();
    this.connection = connection;
    this.submit();
  }

  /** Puts nothing more on the wire until the next connection. */
  detach(): void {
    this.connection = undefined;
  }

  private submit(): void {
    const { connection } = this;
    if (!connection) return;
    for (const entry of this.lane.depart()) {
      this.calls.ask(connection, entry.operation, (outcome) => this.take(connection, entry, outcome), entry.content);
    }
  }

  private take(from: Connection, entry: Entry, outcome: Outcome<Answer>): void {
    if (outcome.outcome === 'unknown' || needsNewToken(outcome)) {
      this.setBack(from, outcome);
      return;
    }
    this.lane.answered(entry);
    if (outcome.outcome === 'ok') this.cursors.learnAnswer(entry.operation, outcome.answer);
    entry.onAnswer(outcome as Sent);
    this.submit();
  }

  /** Nothing may be sent behind it before it is sent again itself. */
  private setBack(from: Connection, outcome: Outcome<Answer>): void {
    if (this.connection !== from) return;
    this.detach();
    const retryAfterMs = outcome.outcome === 'unknown' ? outcome.retryAfterMs : undefined;
    this.onSetback({ newToken: outcome.outcome === 'refused', ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
}
