import WebSocket from 'ws';
import type { Frame } from './frame.js';

/** As docs/protocol.md says: after so long without an answer the connection is of no use. */
const ANSWER_WITHIN_MS = 10_000;
/** The server speaks at least every 25 s; 10 s more are its grace. */
const SILENCE_MS = 35_000;
const OPEN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 1_000;

/** Gets the answer, or undefined when none will come. Called as the frame comes, before anything that came after it is looked at. */
export type TakeAnswer = (frame: Frame | undefined) => void;

interface Waiting {
  take: TakeAnswer;
  until: number;
}

/** One WebSocket to one gateway: requests with their answers, pushes, an end. It gives itself up when the server falls silent. */
export class Connection {
  /** Set it before the answer to `connect` comes. */
  onPush: (frame: Frame) => void = () => undefined;
  readonly closed: Promise<number>;
  private readonly waiting = new Map<number, Waiting>();
  private readonly watch: NodeJS.Timeout;
  private nextId = 1;
  private heardAt = performance.now();
  private over = false;

  private constructor(
    readonly url: string,
    private readonly socket: WebSocket,
    private readonly answerWithinMs: number,
  ) {
    socket.on('message', (data: Buffer) => this.receive(data));
    socket.on('ping', () => (this.heardAt = performance.now()));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(this.end(code))));
    this.watch = setInterval(() => this.lookAtTime(), LOOK_EVERY_MS);
  }

  /** Rejects when nobody is there. */
  static async open(url: string, answerWithinMs = ANSWER_WITHIN_MS): Promise<Connection> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json', {
      perMessageDeflate: false,
      handshakeTimeout: OPEN_WITHIN_MS,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Connection(url, socket, answerWithinMs);
  }

  /** No answer will come any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** Whether what is asked now goes out; not so after `close`, although answers may still come. */
  get isWritable(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** How many requests have no answer. */
  get unanswered(): number {
    return this.waiting.size;
  }

  request(type: string, data: object, take: TakeAnswer): void {
    if (!this.isWritable) {
      take(undefined);
      return;
    }
    const id = this.nextId++;
    this.waiting.set(id, { take, until: performance.now() + this.answerWithinMs });
    this.socket.send(JSON.stringify({ type, id, data }));
  }

  close(): void {
    this.socket.close(1000);
  }

  /** As a lost network: no farewell. */
  cut(): void {
    this.socket.terminate();
  }

  private receive(data: Buffer): void {
    if (this.over) return;
    this.heardAt = performance.now();
    const frames = JSON.parse(data.toString()) as Frame | Frame[];
    if (Array.isArray(frames)) for (const frame of frames) this.take(frame);
    else this.take(frames);
  }

  private take(frame: Frame): void {
    if (frame.id === undefined) this.onPush(frame);
    else this.takeAnswer(frame.id, frame);
  }

  private takeAnswer(id: number, frame: Frame): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.take(frame);
  }

  private lookAtTime(): void {
    const now = performance.now();
    // Requests wait in the order of their deadlines: the first one tells.
    const [first] = this.waiting.values();
    if ((first && first.until < now) || now - this.heardAt > SILENCE_MS) this.cut();
  }

  private end(code: number): number {
    this.over = true;
    clearInterval(this.watch);
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    for (const { take } of unanswered) take(undefined);
    return code;
  }
}
