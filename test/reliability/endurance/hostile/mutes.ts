import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type WebSocket from 'ws';
import { inPortions } from '../in-portions.js';
import type { Stage } from '../start-stage.js';
import type { Crowd } from './crowd.js';
import { openSocket } from './hostile-socket.js';

const AT_ONCE = 50;
const COME_BACK_MS = 100;

/** WebSockets that never say who they are, and as many bare connections without a byte; each comes back when it is closed. */
export class Mutes implements Crowd {
  readonly name: string;
  readonly broken: string[] = [];
  private readonly webSockets = new Set<WebSocket>();
  private readonly sockets = new Set<Socket>();
  private closed = 0;
  private gone = false;

  constructor(private readonly count: number) {
    this.name = `${count} that say nothing`;
  }

  async gather({ urls }: Stage): Promise<void> {
    const places = Array.from({ length: this.count }, (_, at) => urls[at % urls.length] ?? '');
    await inPortions(places, AT_ONCE, async (url) => {
      this.openBare(new URL(url));
      if (!(await this.open(url))) throw new Error('a WebSocket was not let in');
    });
  }

  async act(seconds: number): Promise<void> {
    await sleep(seconds * 1000);
  }

  leave(): string {
    this.gone = true;
    for (const socket of this.webSockets) socket.terminate();
    for (const socket of this.sockets) socket.destroy();
    return `${this.closed} were closed by the gateway and came back`;
  }

  private async open(url: string): Promise<boolean> {
    const socket = await openSocket(url);
    if (!socket) return false;
    this.webSockets.add(socket);
    socket.once('close', () => {
      this.webSockets.delete(socket);
      this.comeBack(() => void this.open(url));
    });
    return true;
  }

  private openBare(url: URL): void {
    const socket = connect(Number(url.port), url.hostname);
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.resume();
    socket.once('close', () => {
      this.sockets.delete(socket);
      this.comeBack(() => this.openBare(url));
    });
  }

  private comeBack(open: () => void): void {
    if (this.gone) return;
    this.closed += 1;
    setTimeout(() => {
      if (!this.gone) open();
    }, COME_BACK_MS);
  }
}
