import { WebSocket } from 'ws';
import { SUBPROTOCOL_JSON, type SendFrame, type SendFrameAnswer } from '#contracts';
import { deferred, type Deferred } from '#kernel';
import { apiErrorOf, ConnectionError } from './api-error.js';

export interface SocketOptions {
  url: string;
  key: string;
  /** How long the server may be silent while something is unanswered (ms, default 30,000). */
  silenceMs?: number;
}

interface Frame {
  type: string;
  id?: number;
  data?: unknown;
  error?: object & { retryable?: boolean };
}

const DEFAULT_SILENCE_MS = 30_000;

/** One connection to `/v1/ws` that asks and is answered. When it is lost, everything unanswered rejects with a ConnectionError. */
export class SendSocket {
  private readonly waiting = new Map<number, Deferred<unknown>>();
  private readonly silence: NodeJS.Timeout;
  private lastId = 0;
  private lost: ConnectionError | undefined;

  private constructor(
    private readonly ws: WebSocket,
    silenceMs: number,
  ) {
    this.silence = setTimeout(() => this.lose('the server is silent'), silenceMs);
    ws.on('message', (message: Buffer) => this.take(message));
    ws.on('close', (code, reason) => this.lose(`the connection was closed (${code} ${reason.toString()})`));
    ws.on('error', (error) => this.lose(error.message));
  }

  /** Connected, and known to the server. */
  static async open({ url, key, silenceMs = DEFAULT_SILENCE_MS }: SocketOptions): Promise<SendSocket> {
    const address = new URL('/v1/ws', url);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const ws = new WebSocket(address, SUBPROTOCOL_JSON, { perMessageDeflate: false, handshakeTimeout: silenceMs });
    const socket = new SendSocket(ws, silenceMs);
    const opened = deferred();
    ws.once('open', () => opened.resolve());
    ws.once('close', () => opened.reject(socket.lost));
    await opened.promise;
    await Promise.all(socket.ask('connect', [{ token: key }]));
    return socket;
  }

  get isOpen(): boolean {
    return this.lost === undefined;
  }

  /** Sends in one go, in this order; each answer may fail on its own. */
  sendAll(sends: readonly SendFrame[]): Promise<PromiseSettledResult<SendFrameAnswer>[]> {
    return Promise.allSettled(this.ask('send', sends) as Promise<SendFrameAnswer>[]);
  }

  close(): void {
    this.lose('closed');
  }

  private ask(type: string, all: readonly object[]): Promise<unknown>[] {
    const { lost } = this;
    if (lost) return all.map(() => Promise.reject(lost));
    const frames = all.map((data) => ({ type, id: ++this.lastId, data }));
    const answers = frames.map(({ id }) => {
      const answer = deferred<unknown>();
      this.waiting.set(id, answer);
      return answer.promise;
    });
    this.silence.refresh();
    this.ws.send(JSON.stringify(frames));
    return answers;
  }

  private take(message: Buffer): void {
    this.silence.refresh();
    const parsed = JSON.parse(message.toString('utf8')) as Frame | Frame[];
    for (const { type, id = 0, data, error } of Array.isArray(parsed) ? parsed : [parsed]) {
      const answer = this.waiting.get(id);
      if (!answer) continue;
      this.waiting.delete(id);
      if (type === 'ok') answer.resolve(data);
      else answer.reject(apiErrorOf(0, error));
    }
  }

  private lose(why: string): void {
    if (this.lost) return;
    this.lost = new ConnectionError(why);
    clearTimeout(this.silence);
    for (const answer of this.waiting.values()) answer.reject(this.lost);
    this.waiting.clear();
    this.ws.terminate();
  }
}
