import type { Message } from '#contracts';
import type { OutgoingQueue } from './outgoing-queue.js';
import { OwnSends } from './own-sends.js';
import { SocketSubscriber } from './socket-subscriber.js';

const message = (seq: number) => ({ conversationId: 'sg_team', seq, senderId: 'alice', clientMsgId: `c${seq}` }) as unknown as Message;

describe('SocketSubscriber', () => {
  it('names what comes before the answer is made, holds what comes before it is written, then pushes', () => {
    const written: (number | string)[] = [];
    const queue = {
      write: (frame: Buffer) => written.push(frame.toString()),
      writeMessage: (_: string, seq: number) => written.push(seq),
    } as unknown as OutgoingQueue;
    const subscriber = new SocketSubscriber(queue, new OwnSends());
    subscriber.message(message(1), () => Buffer.alloc(0));
    subscriber.push(Buffer.from('opened'));
    subscriber.message(message(2), () => Buffer.alloc(0));
    expect([...subscriber.startAnswering()]).toEqual([['sg_team', 2]]);
    subscriber.message(message(3), () => Buffer.alloc(0));
    expect(written).toEqual([]);
    subscriber.goLive();
    subscriber.message(message(4), () => Buffer.alloc(0));
    expect(written).toEqual(['opened', 3, 4]);
  });
});
