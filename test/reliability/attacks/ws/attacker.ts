import type { Findings } from '../findings.js';
import type { Counter } from '../counter.js';
import { checkAnswer } from './answer-check.js';
import { AttackSocket } from './attack-socket.js';
import type { Attack } from './attack.js';
import { isFairClose } from './fair-close.js';

export interface AttackerOptions {
  url: string;
  /** Undefined: never connects, so that everything has to be refused. */
  token: string | undefined;
  name: string;
  next: (id: string) => Attack;
  /** `refused`: no attack may be answered ok. */
  expect: 'refused' | 'anything';
  findings: Findings;
  counter: Counter;
}

/** Sends its attacks in small batches, and after each asks whether the socket still serves. */
export class Attacker {
  private socket: AttackSocket | undefined;
  private readonly sent = new Map<string, Attack>();
  private asked = 0;

  constructor(private readonly options: AttackerOptions) {}

  async batch(size: number): Promise<void> {
    const socket = await this.connected();
    const before = this.asked;
    for (let at = 0; at < size; at += 1) {
      const attack = this.options.next(`${this.options.name}-${(this.asked += 1)}`);
      this.options.counter.add(`sent: ${attack.kind}`);
      if (attack.id !== undefined) this.sent.set(attack.id, attack);
      socket.write(attack);
    }
    await this.settle(socket, `s-${before}`).catch((error: unknown) => this.options.findings.add(String(error), this.lastSent()));
    this.sent.clear();
  }

  async close(): Promise<void> {
    await this.socket?.close();
  }

  private async connected(): Promise<AttackSocket> {
    if (this.socket?.isOpen) return this.socket;
    await this.socket?.close();
    const { url, token } = this.options;
    this.socket = await AttackSocket.open(url, (text) => this.take(text));
    if (token !== undefined && !(await this.socket.request('connect', `connect-${this.asked}`, { token }))) {
      this.options.findings.add(`connect was refused by closing with ${this.socket.closeCode ?? 0}`);
    }
    return this.socket;
  }

  /** Every attack that carried an id gets its answer, unless the socket was closed for a fair reason. */
  private async settle(socket: AttackSocket, sentinel: string): Promise<void> {
    const open = await socket.request('ping', sentinel, {});
    for (const id of [...this.sent.keys()]) {
      if (open && this.sent.has(id)) await socket.answered(id);
    }
    if (socket.closeCode === undefined) return;
    this.options.counter.add(`closed: ${socket.closeCode}`);
    if (!isFairClose(socket.closeCode)) this.options.findings.add(`closed with ${socket.closeCode}`, this.lastSent());
  }

  private take(text: string): string | undefined {
    const { counter, findings, expect } = this.options;
    const { what, id, wrong } = checkAnswer(text);
    counter.add(what);
    const attack = id === undefined ? undefined : this.sent.get(id);
    if (id !== undefined) this.sent.delete(id);
    if (wrong !== undefined) findings.add(`${wrong} (after ${attack?.kind ?? 'some attack'})`, `${text}\n    ${shown(attack)}`);
    if (what === 'ok' && attack && expect === 'refused') findings.add(`accepted: ${attack.kind}`, shown(attack));
    return id;
  }

  private lastSent(): string {
    return shown([...this.sent.values()].at(-1));
  }
}

function shown(attack: Attack | undefined): string {
  return attack ? Buffer.concat(attack.parts).toString('latin1') : '';
}
