import type { Message } from '#contracts';
import { OwnSends } from './own-sends.js';

const sent = (clientMsgId: string, senderId = 'alice') => ({ conversationId: 'si_alice_bob', senderId, clientMsgId }) as unknown as Message;

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

  it('remembers 256 of them', () => {
    const own = new OwnSends();
    for (let i = 0; i < 300; i += 1) own.add(sent(`c${i}`));
    expect([own.take(sent('c43')), own.take(sent('c44')), own.take(sent('c299'))]).toEqual([false, true, true]);
  });
});
