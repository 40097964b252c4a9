import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from '../history/history.js';
import type { Recorder } from '../history/recorder.js';
import type { Ask } from './asked.js';
import type { Synced } from './catch-up.js';
import { Connection } from './connection.js';
import { Cursors } from './cursors.js';
import type { DeviceToken } from './device-token.js';
import { HttpCalls } from './http-calls.js';
import type { HttpClient } from './http-client.js';
import { needsNewToken, SILENCE, type Outcome } from './outcome.js';
import { MAX_CURSORS } from './portions.js';
import { Sender, type Send, type Sent, type Setback } from './sender.js';
import { Session, type SessionParts } from './session.js';
import { SocketCalls, type SocketOperation } from './socket-calls.js';

export interface DeviceOptions {
  client: Client;
  /** The gateways there are; looked at anew for each connection and each call. */
  urls: () => readonly string[];
  /** Which of them is the first to be tried. */
  first: number;
  token: DeviceToken;
  recorder: Recorder;
  http: HttpClient;
  /** From 0 to 1. */
  random?: () => number;
}

/** Shorter than an app would wait: a run wants many reconnects, not few. */
const BACKOFF_MS = { first: 100, most: 3000 };
/** A connection that lasted so long was none of a row of failures. */
const SOUND_MS = 5000;
const FAREWELL_MS = 2000;
/** How often a connection begins with `resume`; else with `sync`. */
const RESUME_SHARE = 0.7;

/**
 * One device of a user, as an app would have it: it stays connected, comes back by itself to the next gateway, learns what it missed,
 * repeats its sends in order until they are answered, and knows up to where it lacks nothing. All of it is recorded.
 */
export class Device {
  readonly client: Client;
  readonly cursors = new Cursors();
  private readonly parts: SessionParts;
  private readonly sender: Sender;
  private readonly httpCalls: HttpCalls;
  private readonly random: () => number;
  private readonly stopping = new AbortController();
  private session: Session | undefined;
  private running: Promise<void> | undefined;
  private next: number;
  private failures = 0;
  /** Until then it stays away. */
  private pauseMs = 0;

  constructor(private readonly options: DeviceOptions) {
    const { client, recorder, http, first, random = Math.random } = options;
    const calls = new SocketCalls(client, recorder);
    this.client = client;
    this.parts = { client, recorder, calls, cursors: this.cursors };
    this.sender = new Sender(calls, this.cursors, (setback) => this.setBack(setback));
    this.httpCalls = new HttpCalls(client, recorder, http);
    this.random = random;
    this.next = first;
  }

  /** Connected, and nothing is lacking that it was told of. */
  get isCaughtUp(): boolean {
    return this.session?.isCaughtUp === true && this.cursors.lacking().length === 0;
  }

  /** How many sends of its lane are unanswered. */
  get unanswered(): number {
    return this.sender.size;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Closes the connection and does not come back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const connection = this.session?.connection;
    connection?.close();
    // A gateway that does not answer the farewell holds nobody up.
    const impatience = setTimeout(() => connection?.cut(), FAREWELL_MS);
    await this.running;
    clearTimeout(impatience);
  }

  /** Over the socket, behind its earlier sends, until there is a final answer. */
  send(send: Send, onAnswer: (sent: Sent) => void): void {
    this.sender.send(send, onAnswer);
  }

  /** Over the socket, once. Undefined, and nothing is recorded, when there is no connection now. */
  ask(operation: SocketOperation): Promise<Outcome<Answer>> | undefined {
    return this.session?.isUsable ? this.session.requests.ask(operation) : undefined;
  }

  /** Over HTTP, once, at the next gateway. */
  async askOverHttp(ask: Ask): Promise<Outcome<Answer>> {
    const token = await this.options.token.get().catch(() => undefined);
    const url = this.nextUrl();
    if (token === undefined || url === undefined) return SILENCE;
    const outcome = await this.httpCalls.ask(url, token, ask);
    if (outcome.outcome === 'ok') this.cursors.learnAnswer(ask.operation, outcome.answer);
    if (needsNewToken(outcome)) await this.options.token.drop(token);
    return outcome;
  }

  /** Over the socket; undefined when there is no connection now. */
  sync(): Promise<Synced> | undefined {
    return this.session?.isUsable ? this.session.catchUp.sync() : undefined;
  }

  /** It comes back. `cut`: as a lost network. */
  disconnect(how: 'clean' | 'cut'): void {
    this.sender.detach();
    if (how === 'clean') this.session?.connection.close();
    else this.session?.connection.cut();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const session = await this.open().catch(() => undefined);
      if (session) await this.serve(session);
      else this.failures += 1;
      await sleep(Math.max(this.pauseMs, this.backoffMs()), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      this.pauseMs = 0;
    }
  }

  /** Undefined when the server won't have it now; rejects when there is none. */
  private async open(): Promise<Session | undefined> {
    const token = await this.options.token.get();
    const connection = await Connection.open(this.nextUrl() ?? '');
    const session = new Session(connection, token, this.parts, () => this.sessionChanged(session));
    const by = this.random() < RESUME_SHARE && this.cursors.size <= MAX_CURSORS ? 'resume' : 'sync';
    const outcome = await session.connect(by);
    if (outcome.outcome === 'ok') return session;
    if (outcome.outcome === 'refused') await this.options.token.drop(token);
    else this.pauseMs = outcome.retryAfterMs ?? 0;
    connection.cut();
    return undefined;
  }

  private async serve(session: Session): Promise<void> {
    const since = performance.now();
    this.session = session;
    const renewal = setTimeout(() => this.disconnect('clean'), await this.options.token.freshForMs());
    if (this.stopping.signal.aborted) session.connection.close();
    else this.sender.attach(session.connection);
    const code = await session.ended();
    clearTimeout(renewal);
    this.sender.detach();
    this.session = undefined;
    this.pauseMs = Math.max(this.pauseMs, session.reconnectAfterMs ?? 0);
    if (code >= 4500) await this.options.token.drop(session.token);
    // Who is turned away again and again comes back ever later, even when each connect succeeds.
    this.failures = performance.now() - since < SOUND_MS ? this.failures + 1 : 0;
  }

  /** What is sent behind a farewell is not looked at. */
  private sessionChanged(session: Session): void {
    if (session.reconnectAfterMs !== undefined && this.session === session) this.sender.detach();
  }

  private setBack({ retryAfterMs = 0, newToken }: Setback): void {
    const { session } = this;
    if (newToken && session) void this.options.token.drop(session.token);
    this.pauseMs = retryAfterMs;
    session?.connection.cut();
  }

  private backoffMs(): number {
    const limit = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** Math.min(this.failures + 1, 10));
    return BACKOFF_MS.first + this.random() * (limit - BACKOFF_MS.first);
  }

  private nextUrl(): string | undefined {
    const urls = this.options.urls();
    return urls[this.next++ % urls.length];
  }
}
