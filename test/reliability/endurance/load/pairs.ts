import { openLoop } from '../../../../bench/src/open-loop.js';
import { waitFor } from '#testing';
import { directConversation, type UserId } from '#contracts';
import { inPortions } from '../in-portions.js';
import type { Stage } from '../start-stage.js';
import { Person } from './person.js';
import { SentLedger, type Sent } from './sent-ledger.js';
import { Tally } from './tally.js';

export interface PairsOptions {
  /** Begins the ids of users and messages. */
  name: string;
  pairs: number;
  patienceMs?: number;
  bytes?: number;
}

const AT_ONCE = 20;
const PATIENCE_MS = 15_000;
const BYTES = 130;

/** People in pairs who write to one another at a fixed rate by the clock, whatever became of what they wrote before. */
export class Pairs {
  readonly ledger = new SentLedger();
  private readonly people: Person[] = [];
  private readonly due = new Map<string, number>();
  private readonly text: string;
  private tally = new Tally();
  private sent = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly options: PairsOptions,
  ) {
    this.text = 'x'.repeat(options.bytes ?? BYTES);
  }

  static async connect(stage: Stage, options: PairsOptions): Promise<Pairs> {
    const pairs = new Pairs(stage, options);
    const names = Array.from({ length: options.pairs * 2 }, (_, at) => pairs.userId(at));
    await stage.backend.createUsers(names);
    await inPortions(names, AT_ONCE, async (userId, at) => {
      const person = pairs.person(userId, at);
      pairs.people[at] = person;
      await person.connect();
    });
    return pairs;
  }

  /** The conversation of each pair, and who reads it. */
  get conversations(): { conversationId: string; reader: string }[] {
    return Array.from({ length: this.options.pairs }, (_, pair) => {
      const [reader, other] = [this.userId(pair * 2), this.userId(pair * 2 + 1)];
      return { conversationId: directConversation(reader as UserId, other as UserId), reader };
    });
  }

  /** What became of everything that was sent in these seconds; those still open count when they are answered. */
  async write(rate: number, seconds: number, on?: (intended: number, tally: Tally) => void): Promise<Tally> {
    const tally = new Tally();
    this.tally = tally;
    await openLoop(rate, seconds, (intended) => {
      on?.(intended, tally);
      this.writeOne(intended, tally);
    });
    return tally;
  }

  /** Resolves when everything has got its answer or lost its connection. */
  async settled(tally: Tally, withinMs = 60_000): Promise<void> {
    await waitFor(() => tally.settled === tally.sent, { withinMs, what: 'every send to be answered', everyMs: 50 });
  }

  /** One more message from whoever's turn it is. */
  writeOne(intended: number, tally: Tally, done: () => void = () => undefined): void {
    const at = this.sent++ % this.people.length;
    const clientMsgId = `${this.options.name}-m${this.sent}`;
    const send: Sent = { from: at, to: at ^ 1, clientMsgId };
    tally.sent += 1;
    this.due.set(clientMsgId, intended);
    this.ledger.sent(send);
    this.put(send, intended, tally, done);
  }

  /** A message again that was written before, with the same id. */
  repeat(send: Sent, tally: Tally, done: () => void): void {
    tally.sent += 1;
    this.put(send, performance.now(), tally, done);
  }

  leave(): void {
    for (const person of this.people) person.leave();
  }

  private put({ from, to, clientMsgId }: Sent, intended: number, tally: Tally, done: () => void): void {
    const data = { to: { userId: this.people[to]?.userId }, clientMsgId, type: 'text', content: { text: this.text } };
    this.people[from]?.request('send', data, (frame) => {
      tally.take(frame, intended);
      if (frame?.type === 'ok') this.ledger.answered(clientMsgId, frame.data);
      done();
    });
  }

  private userId(place: number): string {
    return `${this.options.name}${this.stage.seed}-${place}`;
  }

  private person(userId: string, at: number): Person {
    const { urls, backend } = this.stage;
    return new Person({
      userId,
      backend,
      url: urls[at % urls.length] ?? '',
      patienceMs: this.options.patienceMs ?? PATIENCE_MS,
      onPush: ({ type, data }) => {
        if (type === 'message') this.received((data as { clientMsgId: string }).clientMsgId);
      },
    });
  }

  private received(clientMsgId: string): void {
    const intended = this.due.get(clientMsgId);
    if (intended === undefined) return;
    this.due.delete(clientMsgId);
    this.tally.delivered += 1;
    this.tally.deliveryTime.record(performance.now() - intended);
  }
}
