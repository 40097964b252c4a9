import type { Socket } from 'node:net';
import WebSocket from 'ws';
import { deferred, type Deferred } from '#kernel';
import { SUBPROTOCOL_JSON } from '#contracts';
import type { Attack } from './attack.js';

const WITHIN_MS = 20_000;

/** A socket of an attacker: writes whatever it is given, and hands on every frame that comes. */
export class AttackSocket {
  closeCode: number | undefined;
  private readonly ended = deferred<number>();
  private readonly awaited = new Map<string, Deferred<boolean>>();

  private constructor(
    private readonly socket: WebSocket,
    private readonly onFrame: (text: string) => string | undefined,
  ) {
    socket.on('message', (data: Buffer) => this.take(data.toString('utf8')));
    socket.on('close', (code) => {
      this.closeCode = code;
      for (const waiting of this.awaited.values()) waiting.resolve(false);
      this.ended.resolve(code);
    });
    socket.on('error', () => undefined);
  }

  /** `onFrame` returns the id that a frame answers. */
  static async open(url: string, onFrame: (text: string) => string | undefined): Promise<AttackSocket> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, SUBPROTOCOL_JSON, { perMessageDeflate: false });
    const opened = deferred();
    socket.once('open', () => opened.resolve());
    socket.once('error', (error) => opened.reject(error));
    const attacker = new AttackSocket(socket, onFrame);
    await opened.promise;
    return attacker;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  write({ parts, isBinary, raw }: Attack): void {
    if (!this.isOpen) return;
    if (raw) (this.socket as unknown as { _socket: Socket })._socket.write(raw);
    for (const [at, part] of parts.entries()) this.socket.send(part, { binary: isBinary, fin: at === parts.length - 1 });
  }

  /** Asks, and says whether an answer came before the socket closed; rejects when neither happens in time. */
  async request(type: string, id: string, data: object): Promise<boolean> {
    const answered = this.answered(id);
    this.socket.send(JSON.stringify({ type, id, data }));
    return answered;
  }

  /** Whether the answer with this id came before the socket closed. */
  async answered(id: string): Promise<boolean> {
    if (!this.isOpen) return false;
    const waiting = deferred<boolean>();
    this.awaited.set(id, waiting);
    const timer = setTimeout(() => waiting.reject(new Error(`no answer to ${id} within ${WITHIN_MS / 1000} s`)), WITHIN_MS);
    return waiting.promise.finally(() => {
      clearTimeout(timer);
      this.awaited.delete(id);
    });
  }

  async close(): Promise<void> {
    if (this.closeCode !== undefined) return;
    this.socket.terminate();
    await this.ended.promise;
  }

  private take(text: string): void {
    const id = this.onFrame(text);
    if (id !== undefined) this.awaited.get(id)?.resolve(true);
  }
}
