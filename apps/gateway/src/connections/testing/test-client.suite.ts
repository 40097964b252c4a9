import { WebSocket } from 'ws';
import { waitFor } from '#testing';

export interface ReceivedFrame {
  type: string;
  id?: string | number;
  data?: Record<string, unknown>;
  error?: { code: string; message: string; retryable: boolean; retryAfterMs?: number; requestId: string; errors?: { pointer: string }[] };
}

/** A client that does what it is told, the wrong things too. */
export class TestClient {
  readonly frames: ReceivedFrame[] = [];
  closed: { code: number; reason: string } | undefined;
  controlPings = 0;
  private nextId = 1;

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as ReceivedFrame));
    ws.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    ws.on('ping', () => (this.controlPings += 1));
    ws.on('error', () => undefined);
  }

  static async open(url: string, protocols: string[]): Promise<TestClient> {
    const ws = new WebSocket(url, protocols);
    const client = new TestClient(ws);
    await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
    return client;
  }

  /** Sends a request and returns its id at once. */
  post(type: string, data: object = {}): number {
    const id = this.nextId++;
    this.ws.send(JSON.stringify({ type, id, data }));
    return id;
  }

  sendText(text: string): void {
    this.ws.send(text);
  }

  answer(id: string | number): Promise<ReceivedFrame> {
    return waitFor(() => this.frames.find((frame) => frame.id === id), { withinMs: 8000, what: `the answer to ${id}`, everyMs: 5 });
  }

  /** The answer's data; an error fails the test. */
  async ok(type: string, data: object = {}): Promise<Record<string, unknown>> {
    const answer = await this.answer(this.post(type, data));
    if (answer.type !== 'ok') throw new Error(`${type} was refused: ${JSON.stringify(answer.error)}`);
    return answer.data!;
  }

  /** The code of the error that answers it. */
  async refused(type: string, data: object = {}): Promise<string> {
    const answer = await this.answer(this.post(type, data));
    return answer.error?.code ?? `ok: ${JSON.stringify(answer.data)}`;
  }

  /** Of the frame that answers a text without an id that could be read. */
  async errorAfter(text: string | Buffer, options: { binary?: boolean } = {}): Promise<NonNullable<ReceivedFrame['error']>> {
    const before = this.frames.length;
    this.ws.send(text, { binary: options.binary ?? false });
    const frame = await waitFor(() => this.frames.slice(before).find(({ type }) => type === 'error'), {
      withinMs: 5000,
      what: 'an error frame',
      everyMs: 5,
    });
    return frame.error!;
  }

  pushes(type: string): Record<string, unknown>[] {
    return this.frames.filter((frame) => frame.id === undefined && frame.type === type).map((frame) => frame.data!);
  }

  seqs(): unknown[] {
    return this.pushes('message').map(({ seq }) => seq);
  }

  push(type: string): Promise<Record<string, unknown>> {
    return waitFor(() => this.pushes(type)[0], { withinMs: 8000, what: `a push of type ${type}`, everyMs: 5 });
  }

  messages(count: number): Promise<Record<string, unknown>[]> {
    const enough = () => (this.pushes('message').length >= count ? this.pushes('message') : undefined);
    return waitFor(enough, { withinMs: 8000, what: `${count} messages`, everyMs: 5 });
  }

  whenClosed(): Promise<{ code: number; reason: string }> {
    return waitFor(() => this.closed, { withinMs: 8000, what: 'the close', everyMs: 5 });
  }

  terminate(): void {
    this.ws.terminate();
  }
}
