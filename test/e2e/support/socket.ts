import WebSocket from 'ws';
import { waitFor } from '#testing';

export interface Frame {
  type: string;
  id?: number | string;
  data?: any;
  error?: any;
}

const WITHIN_MS = 10_000;

/** A client of the WebSocket that keeps every frame that came. */
export class Socket {
  readonly frames: Frame[] = [];
  closed: { code: number } | undefined;
  private nextId = 1;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const parsed = JSON.parse(data.toString()) as Frame | Frame[];
      this.frames.push(...(Array.isArray(parsed) ? parsed : [parsed]));
    });
    socket.on('close', (code) => (this.closed = { code }));
    socket.on('error', () => undefined);
  }

  static async open(url: string): Promise<Socket> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json');
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return new Socket(socket);
  }

  /** Opened and connected; `connected` is the answer. */
  static async connect(url: string, token: string, more: object = {}): Promise<Socket & { connected: any }> {
    const socket = await Socket.open(url);
    const answer = await socket.request('connect', { token, ...more });
    if (answer.type !== 'ok') throw new Error(JSON.stringify(answer));
    return Object.assign(socket, { connected: answer.data });
  }

  /** Sends as it is. */
  raw(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Sends and goes on; `answer(id)` waits. */
  start(type: string, data: object): number {
    const id = this.nextId++;
    this.raw(JSON.stringify({ type, id, data }));
    return id;
  }

  async request(type: string, data: object): Promise<Frame> {
    return this.answer(this.start(type, data));
  }

  answer(id: number): Promise<Frame> {
    return waitFor(() => this.frames.find((frame) => frame.id === id), { withinMs: WITHIN_MS, what: `the answer to frame ${id}` });
  }

  messages(conversationId?: string): any[] {
    const pushed = this.frames.filter(
      ({ type, data }) => type === 'message' && (conversationId === undefined || data.conversationId === conversationId),
    );
    return pushed.map(({ data }) => data as unknown);
  }

  /** Waits for a pushed message by its client message id. */
  received(clientMsgId: string): Promise<any> {
    const find = () => this.messages().find((message) => message.clientMsgId === clientMsgId);
    return waitFor(find, { withinMs: WITHIN_MS, what: `the message ${clientMsgId}` });
  }

  pushed(type: string): Promise<Frame> {
    return waitFor(() => this.frames.find((frame) => frame.type === type), { withinMs: WITHIN_MS, what: `a ${type} push` });
  }

  close(): void {
    this.socket.close();
  }

  /** As a lost network: no farewell. */
  cut(): void {
    this.socket.terminate();
  }
}
