import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '#testing';
import { Socket, type Frame } from './socket.js';

export interface Answered {
  clientMsgId: string;
  seq: number;
  conversationId: string;
}

const RETRY_MS = 200;
const MAX_IN_FLIGHT = 32;

/**
 * A client as an app would have it: it keeps what is unanswered, connects again by itself, to the next gateway, and sends that again
 * with the same ids, in order. It keeps below the number of unanswered sends that a socket may have; when one is refused for now it
 * begins again from there, on a new connection.
 */
export class Chatter {
  readonly answered: Answered[] = [];
  readonly refused: string[] = [];
  /** Client message ids that were pushed to it, each once. */
  readonly delivered = new Set<string>();
  private readonly unanswered = new Map<string, object>();
  private socket: Socket | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private seen = 0;
  /** Of the unanswered, how many were sent on this connection: the first ones. */
  private inFlight = 0;

  constructor(
    private readonly urls: () => readonly string[],
    private readonly token: string,
    private next: number,
  ) {}

  async start(): Promise<void> {
    this.running = this.run();
    await waitFor(() => this.socket !== undefined, { withinMs: 20_000, what: 'a first connection' });
  }

  send(to: object, clientMsgId: string): void {
    this.unanswered.set(clientMsgId, { ...to, clientMsgId, type: 'text', content: { text: clientMsgId } });
    this.submit();
  }

  /** Resolves when everything sent has been answered. */
  async settled(withinMs: number): Promise<void> {
    await waitFor(() => this.unanswered.size === 0, { withinMs, what: `${this.unanswered.size} answers` });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.socket?.close();
    await this.running;
  }

  /** A method, for the compiler: it changes while `run` waits. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private submit(): void {
    if (!this.socket || this.socket.closed) return;
    const waiting = [...this.unanswered].slice(this.inFlight, MAX_IN_FLIGHT);
    for (const [id, data] of waiting) this.socket.raw(JSON.stringify({ type: 'send', id, data }));
    this.inFlight += waiting.length;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        const urls = this.urls();
        const socket = await Socket.connect(urls[this.next++ % urls.length] ?? '', this.token);
        this.seen = 0;
        this.inFlight = 0;
        this.socket = socket;
        while (!socket.closed && !this.isStopped()) {
          this.read(socket);
          this.submit();
          await sleep(5);
        }
        this.read(socket);
      } catch {
        // Nobody there: the next gateway, in a moment.
      }
      this.socket = undefined;
      await sleep(RETRY_MS);
    }
  }

  private read(socket: Socket): void {
    for (const frame of socket.frames.slice(this.seen)) this.take(frame);
    this.seen = socket.frames.length;
  }

  private take({ type, id, data, error }: Frame): void {
    if (type === 'message') this.delivered.add(data.clientMsgId as string);
    if (typeof id !== 'string') return;
    if (!this.unanswered.has(id)) return;
    if (type === 'error' && error.retryable === true) {
      this.socket?.cut();
      return;
    }
    this.unanswered.delete(id);
    this.inFlight -= 1;
    if (type === 'ok') this.answered.push({ clientMsgId: id, seq: data.seq as number, conversationId: data.conversationId as string });
    else this.refused.push(`${id}: ${String(error.code)}`);
  }
}
