import type { Answer, Client, Operation } from '../history/history.js';
import type { Recorder } from '../history/recorder.js';
import { pushOf, syncAnswer } from './answered.js';
import { CatchUp } from './catch-up.js';
import type { Connection } from './connection.js';
import type { Cursors } from './cursors.js';
import type { Frame } from './frame.js';
import type { Outcome } from './outcome.js';
import { Puller } from './puller.js';
import { Requests } from './requests.js';
import { outcomeOf, type SocketCalls } from './socket-calls.js';

/** A little below what the server takes, 64: the device's own reading comes on top. */
const MAX_UNANSWERED = 56;

const CLIENT = { name: 'hecto-reliability', version: '1' };

export interface SessionParts {
  client: Client;
  recorder: Recorder;
  calls: SocketCalls;
  cursors: Cursors;
}

/** One connection of a device, from its `connect` to its end: learns from what is pushed, and fetches what is lacking. */
export class Session {
  readonly requests: Requests;
  readonly catchUp: CatchUp;
  /** What the server asked for when it said that it was about to close. */
  reconnectAfterMs: number | undefined;
  private readonly puller: Puller;
  private isOpen = false;

  constructor(
    readonly connection: Connection,
    readonly token: string,
    private readonly parts: SessionParts,
    private readonly onChange: () => void,
  ) {
    this.requests = new Requests(connection, parts.calls, parts.cursors);
    this.puller = new Puller(this.requests, parts.cursors, onChange);
    this.catchUp = new CatchUp(this.requests, parts.cursors, this.puller, onChange);
    connection.onPush = (frame) => this.take(frame);
  }

  /** Whether all is there that this connection was told of. */
  get isCaughtUp(): boolean {
    return this.isOpen && !this.connection.isOver && this.catchUp.isIdle && this.puller.isIdle;
  }

  /** Whether one more request would be answered. */
  get isUsable(): boolean {
    const { isWritable, unanswered } = this.connection;
    return this.isOpen && isWritable && this.reconnectAfterMs === undefined && unanswered < MAX_UNANSWERED;
  }

  /** The first frame. It asks what moved, unless the device prefers to ask by `sync` afterwards. */
  async connect(by: 'resume' | 'sync'): Promise<Outcome<unknown>> {
    const { token } = this;
    const { cursors, calls } = this.parts;
    if (by === 'sync') return this.connectFirst({ token, client: CLIENT });
    const resume = { cursors: cursors.all() };
    const operation: Operation = { type: 'sync', via: 'connect', ...resume };
    const data = { token, client: CLIENT, resume };
    return new Promise((resolve) => {
      calls.askAs(this.connection, operation, { type: 'connect', data, answer: syncAnswer }, (outcome) => {
        if (outcome.outcome === 'ok') this.resume(outcome.answer);
        resolve(outcome);
      });
    });
  }

  /** Resolves with the close code. */
  async ended(): Promise<number> {
    const code = await this.connection.closed;
    this.puller.end();
    if (this.isOpen) this.parts.recorder.closed(this.parts.client, this.connection.url, code);
    return code;
  }

  private connectFirst(data: object): Promise<Outcome<unknown>> {
    return new Promise((resolve) => {
      this.connection.request('connect', data, (frame) => {
        const outcome = outcomeOf(frame, () => undefined);
        if (outcome.outcome === 'ok') {
          this.open();
          void this.catchUp.sync();
        }
        resolve(outcome);
      });
    });
  }

  private resume(answer: Answer): void {
    this.open();
    if (answer.type === 'sync') this.catchUp.resume(answer);
  }

  private open(): void {
    this.isOpen = true;
    this.parts.cursors.onLacking = (conversationId) => this.puller.suspect(conversationId);
    this.parts.recorder.opened(this.parts.client, this.connection.url);
  }

  private take({ type, data }: Frame): void {
    if (type === 'closing') {
      this.reconnectAfterMs = (data as { reconnectAfterMs: number | null }).reconnectAfterMs ?? 0;
      this.onChange();
      return;
    }
    const push = pushOf(type, data);
    if (!push) return;
    this.parts.recorder.push(this.parts.client, push);
    this.parts.cursors.learn(push);
    if (push.type === 'resync') void this.catchUp.sync();
    else if (push.type === 'hint') this.puller.pull(push.conversationId);
  }
}
