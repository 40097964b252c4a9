import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend, MintedToken } from '../../client/backend.js';
import { Connection, type TakeAnswer } from '../../client/connection.js';
import type { Frame } from '../../client/frame.js';

export interface PersonOptions {
  userId: string;
  url: string;
  backend: Backend;
  /** How long an answer may take before the connection is given up (ms). */
  patienceMs: number;
  onPush: (frame: Frame) => void;
}

const DEVICES = ['one', 'two'] as const;
/** A new connection, with a new token, comes when about so much of the old one's life is over. */
const RENEW_AFTER = 0.7;
const COME_BACK_MS = { least: 300, spread: 1000 };
const DRAIN_MS = 50;

/** A user with one socket at a time, who comes back when it is lost, and before his token expires. */
export class Person {
  private connection: Connection | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private tokens = 0;
  private gone = false;

  constructor(private readonly options: PersonOptions) {}

  get userId(): string {
    return this.options.userId;
  }

  /** Rejects when the server won't have him. */
  async connect(): Promise<void> {
    const { backend, userId, url, patienceMs, onPush } = this.options;
    const token = await backend.mintToken(userId, DEVICES[this.tokens++ % DEVICES.length] ?? '');
    const connection = await Connection.open(url, patienceMs);
    connection.onPush = onPush;
    await connected(connection, token);
    this.replace(connection);
    this.renewal = setTimeout(() => void this.comeBack(), (token.expiresAt - Date.now()) * RENEW_AFTER);
    void connection.closed.then(() => this.lost(connection));
  }

  /** Takes undefined at once when there is no connection now. */
  request(type: string, data: object, take: TakeAnswer): void {
    if (this.connection) this.connection.request(type, data, take);
    else take(undefined);
  }

  leave(): void {
    this.gone = true;
    clearTimeout(this.renewal);
    this.connection?.close();
  }

  /** The old one is closed when it has all its answers. */
  private replace(connection: Connection): void {
    const old = this.connection;
    this.connection = connection;
    clearTimeout(this.renewal);
    if (old) void retire(old);
  }

  private lost(connection: Connection): void {
    if (this.connection !== connection) return;
    this.connection = undefined;
    clearTimeout(this.renewal);
    void this.comeBack();
  }

  private async comeBack(): Promise<void> {
    while (!this.gone) {
      const done = await this.connect().then(
        () => true,
        () => false,
      );
      if (done) return;
      await sleep(COME_BACK_MS.least + Math.random() * COME_BACK_MS.spread);
    }
  }
}

function connected(connection: Connection, { token }: MintedToken): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.request('connect', { token }, (answer) => {
      if (answer?.type === 'ok') resolve();
      else {
        connection.cut();
        reject(new Error(`connect: ${answer?.error?.code ?? 'no answer'}`));
      }
    });
  });
}

async function retire(connection: Connection): Promise<void> {
  while (connection.unanswered > 0) await sleep(DRAIN_MS);
  connection.close();
}
