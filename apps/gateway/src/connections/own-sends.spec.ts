import type { Message } from '#contracts';
import { OwnSends } from './own-sends.js';

const sent = (clientMsgId: string, senderId = 'alice') =>
  ({ conversationId: 'si_alice_bob', seq: 7, senderId, clientMsgId }) as unknown as Message;

describe('OwnSends', () => {
  it('knows its own messages, once', () => {
    const own = new OwnSends();
    own.add(sent('c1'));
    expect(own.take(sent('c1', 'bob'))).toBe(false);
    expect(own.take(sent('c1'))).toBe(true);
    expect(own.take(sent('c1'))).toBe(false);
  });

  it('forgets what failed', () => {
    const own = new OwnSends();
    own.add(sent('c1'));
    own.forget(sent('c1'));
    expect(own.take(sent('c1'))).toBe(false);
  });

  it('says what was taken for a send that failed, and nothing of one that was answered', () => {
    const own = new OwnSends();
    own.add(sent('c1'));
    own.add(sent('c2'));
    own.take(sent('c1'));
    own.take(sent('c2'));
    own.answered(sent('c2'));
    expect([own.forget(sent('c1')), own.forget(sent('c1')), own.forget(sent('c2'))]).toEqual([7, undefined, undefined]);
  });

  it('knows a message that is delivered after its answer', () => {
    const own = new OwnSends();
    own.add(sent('c1'));
    own.answered(sent('c1'));
    expect(own.take(sent('c1'))).toBe(true);
  });

  it('remembers 256 of them', () => {
    const own = new OwnSends();
    for (let i = 0; i < 300; i += 1) own.add(sent(`c${i}`));
    expect([own.take(sent('c43')), own.take(sent('c44')), own.take(sent('c299'))]).toEqual([false, true, true]);
  });
});
