import { WebSocket } from 'ws';
import { SUBPROTOCOL_JSON, type AnswerData, type REQUEST_FRAMES, type RequestType } from '#contracts';
import { deferred, type Deferred } from '#kernel';
import { apiErrorOf, ConnectionError } from './api-error.js';

type RequestData<T extends RequestType> = InstanceType<(typeof REQUEST_FRAMES)[T]['data']>;

export interface SocketOptions {
  url: string;
  /** An admin key (hk_…) or an access token. */
  key: string;
  /** How long the server may be silent (ms, default 40,000); it pings each 25 s. */
  silenceMs?: number;
  /** What the server sends by itself. */
  onPush?: (type: string, data: unknown) => void;
}

interface Frame {
  type: string;
  id?: number;
  data?: unknown;
  error?: object;
}

const DEFAULT_SILENCE_MS = 40_000;

/** One connection to `/v1/ws` that asks and is answered. When it is lost, everything unanswered rejects with a ConnectionError. */
export class ApiSocket {
  /** Why it was lost, once it is. */
  readonly closed: Promise<ConnectionError>;
  private readonly ended = deferred<ConnectionError>();
  private readonly waiting = new Map<number, Deferred<unknown>>();
  private readonly silence: NodeJS.Timeout;
  private lastId = 0;
  private lost: ConnectionError | undefined;

  private constructor(
    private readonly ws: WebSocket,
    silenceMs: number,
    private readonly onPush: (type: string, data: unknown) => void,
  ) {
    this.closed = this.ended.promise;
    this.silence = setTimeout(() => this.lose('the server is silent'), silenceMs);
    ws.on('message', (message: Buffer) => this.take(message));
    ws.on('close', (code, reason) => this.lose(`the connection was closed (${code} ${reason.toString()})`));
    ws.on('error', (error) => this.lose(error.message));
  }

  /** Connected, and known to the server. */
  static async open({ url, key, silenceMs = DEFAULT_SILENCE_MS, onPush = () => undefined }: SocketOptions): Promise<ApiSocket> {
    const address = new URL('/v1/ws', url);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const ws = new WebSocket(address, SUBPROTOCOL_JSON, { perMessageDeflate: false, handshakeTimeout: silenceMs });
    const socket = new ApiSocket(ws, silenceMs, onPush);
    const opened = deferred();
    ws.once('open', () => opened.resolve());
    void socket.closed.then((error) => opened.reject(error));
    await opened.promise;
    await socket.ask('connect', { token: key }).catch((error: unknown) => {
      socket.close();
      throw error;
    });
    return socket;
  }

  get isOpen(): boolean {
    return this.lost === undefined;
  }

  async ask<T extends RequestType>(type: T, data: RequestData<T>): Promise<AnswerData<T>> {
    const [answer] = this.frames(type, [data]);
    return (await answer) as AnswerData<T>;
  }

  /** Asks all in one go, in this order; each may fail on its own. */
  askAll<T extends RequestType>(type: T, all: readonly RequestData<T>[]): Promise<PromiseSettledResult<AnswerData<T>>[]> {
    return Promise.allSettled(this.frames(type, all) as Promise<AnswerData<T>>[]);
  }

  close(): void {
    this.lose('closed');
  }

  private frames(type: string, all: readonly object[]): Promise<unknown>[] {
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
    for (const { type, id, data, error } of Array.isArray(parsed) ? parsed : [parsed]) {
      const answer = id === undefined ? undefined : this.waiting.get(id);
      if (!answer || id === undefined) {
        this.onPush(type, data);
        continue;
      }
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
    this.ended.resolve(this.lost);
  }
}
