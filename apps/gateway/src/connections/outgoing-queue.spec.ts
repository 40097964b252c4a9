import { Writable } from 'node:stream';
import { Registry } from 'prom-client';
import type { ConversationId, Seq } from '#contracts';
import { DeliveryMetrics } from '../delivery/delivery-metrics.js';
import { OutgoingQueue } from './outgoing-queue.js';

const TEAM = 'sg_team' as ConversationId;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A socket whose other end reads when it is told to. */
class SlowSocket extends Writable {
  readonly texts: string[] = [];
  private waiting: (() => void)[] = [];
  reads = false;

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const take = () => {
      this.texts.push(chunk.length > 1000 ? `${chunk.length} bytes` : chunk.subarray(2).toString());
      done();
    };
    if (this.reads) take();
    else this.waiting.push(take);
  }

  async readAll(): Promise<void> {
    this.reads = true;
    while (this.waiting.length > 0) {
      this.waiting.shift()?.();
      await turn();
    }
    this.reads = false;
  }
}

describe('OutgoingQueue', () => {
  let now = 0;
  let socket: SlowSocket;
  let queue: OutgoingQueue;

  beforeEach(() => {
    now = 0;
    socket = new SlowSocket();
    queue = new OutgoingQueue(socket as never, new DeliveryMetrics(new Registry()), { now: () => now });
  });

  const body = (seq: number, bytes = 100_000) => queue.writeMessage(TEAM, seq as Seq, () => Buffer.alloc(bytes));

  it('replaces bodies by one hint per conversation beyond 256 KiB, sent when all has gone', async () => {
    for (let seq = 1; seq <= 10; seq += 1) body(seq);
    await turn();
    await socket.readAll();
    await turn();
    await socket.readAll();
    expect(socket.texts).toEqual([
      ...Array<string>(3).fill('100000 bytes'),
      '{"type":"hint","data":{"conversationId":"sg_team","maxSeq":10}}',
    ]);
    body(11);
    await turn();
    await socket.readAll();
    expect(socket.texts.at(-1)).toBe('100000 bytes');
  });

  it('writes a hint that is asked for at once, or with the others when too much waits', async () => {
    const hint = (maxSeq: number) => `{"type":"hint","data":{"conversationId":"sg_team","maxSeq":${maxSeq}}}`;
    queue.writeHint(TEAM, 3 as Seq);
    await turn();
    await socket.readAll();
    expect(socket.texts).toEqual([hint(3)]);
    for (let seq = 4; seq <= 8; seq += 1) body(seq);
    queue.writeHint(TEAM, 9 as Seq);
    await turn();
    await socket.readAll();
    await turn();
    await socket.readAll();
    expect(socket.texts.slice(1)).toEqual([...Array<string>(3).fill('100000 bytes'), hint(9)]);
  });

  it('builds no frame for a hint', () => {
    for (let seq = 1; seq <= 3; seq += 1) body(seq);
    const frame = jest.fn();
    queue.writeMessage(TEAM, 4 as Seq, frame);
    expect(frame).not.toHaveBeenCalled();
  });

  it('is stuck after 30 s without draining, or with more than 2 MiB', () => {
    for (let seq = 1; seq <= 3; seq += 1) body(seq);
    expect([queue.isStuck(0), queue.isStuck(30_000), queue.isStuck(30_001)]).toEqual([false, false, true]);
    for (let i = 0; i < 18; i += 1) queue.write(Buffer.alloc(100_000));
    expect(queue.isStuck(0)).toBe(true);
  });

  it('writes nothing to a socket that is gone', () => {
    socket.destroy();
    expect(() => queue.write(Buffer.from('x'))).not.toThrow();
  });
});
