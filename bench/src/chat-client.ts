import WebSocket from 'ws';
import { deferred, type Deferred } from '#kernel';

interface Frame {
  type: string;
  id?: number;
  data?: Record<string, unknown>;
  error?: { code: string };
}

/** A client of the WebSocket edge, as thin as it can be: it shares the machine with what it measures. */
export class ChatClient {
  private readonly waiting = new Map<number, Deferred<Frame>>();
  private nextId = 1;

  private constructor(
    private readonly socket: WebSocket,
    private readonly onMessage: (clientMsgId: string) => void,
  ) {
    socket.on('message', (data: Buffer) => this.receive(data));
  }

  static async connect(url: string, token: string, onMessage: (clientMsgId: string) => void): Promise<ChatClient> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json', { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const client = new ChatClient(socket, onMessage);
    await client.request('connect', { token });
    return client;
  }

  async send(receiver: string, clientMsgId: string, content: object): Promise<void> {
    await this.request('send', { to: { userId: receiver }, clientMsgId, type: 'text', content });
  }

  close(): void {
    this.socket.close();
  }

  private async request(type: string, data: object): Promise<Frame> {
    const id = this.nextId++;
    const answer = deferred<Frame>();
    this.waiting.set(id, answer);
    this.socket.send(JSON.stringify({ type, id, data }));
    const frame = await answer.promise;
    if (frame.type === 'error') throw new Error(frame.error?.code ?? 'error');
    return frame;
  }

  private receive(data: Buffer): void {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === 'message') this.onMessage(String(frame.data?.['clientMsgId']));
    if (frame.id === undefined) return;
    this.waiting.get(frame.id)?.resolve(frame);
    this.waiting.delete(frame.id);
  }
}
