import { openLoop } from '../../../../bench/src/open-loop.js';
import { Counter } from '../../attacks/counter.js';
import type { Stage } from '../start-stage.js';
import type { Crowd } from './crowd.js';
import { openSocket, sayConnect } from './hostile-socket.js';

const CLOSED_WITHIN_MS = 10_000;

/** Connects with tokens that are none, that were forged, or whose session has ended. */
export class Strangers implements Crowd {
  readonly name: string;
  readonly broken: string[] = [];
  private readonly outcomes = new Counter();
  private tokens: string[] = [];
  private urls: readonly string[] = [];

  constructor(private readonly count: number) {
    this.name = `${count} connects with bad tokens`;
  }

  async gather({ backend, urls }: Stage): Promise<void> {
    this.urls = urls;
    await backend.createUsers(['ghost']);
    const { token: revoked } = await backend.mintToken('ghost', 'phone');
    const { token: good } = await backend.mintToken('ghost', 'phone');
    const [head, claims] = good.split('.');
    const [, otherClaims] = revoked.split('.');
    this.tokens = ['nonsense', '', revoked, `${head ?? ''}.${claims ?? ''}.AAAA`, good.replace(claims ?? '', otherClaims ?? '')];
  }

  async act(seconds: number): Promise<void> {
    const connects: Promise<void>[] = [];
    await openLoop(this.count / seconds, seconds, (_, n) => connects.push(this.connect(n)));
    await Promise.all(connects);
  }

  leave(): string {
    return Object.entries(this.outcomes.all)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', ');
  }

  private async connect(n: number): Promise<void> {
    const socket = await openSocket(this.urls[n % this.urls.length] ?? '');
    if (!socket) {
      this.outcomes.add('were not let in');
      return;
    }
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const answer = await sayConnect(socket, this.tokens[n % this.tokens.length] ?? '');
    if (answer?.type === 'ok') this.broken.push('a bad token was taken for good');
    this.outcomes.add(answer?.error?.code ?? answer?.type ?? 'closed without a word');
    const timer = setTimeout(() => this.giveUp(() => socket.terminate()), CLOSED_WITHIN_MS);
    await closed;
    clearTimeout(timer);
  }

  private giveUp(end: () => void): void {
    this.broken.push('a socket with a bad token was not closed');
    end();
  }
}
