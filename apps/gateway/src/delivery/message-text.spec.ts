import fc from 'fast-check';
import type { Message } from '#contracts';
import { messageText } from './message-text.js';

const BASE = { conversationId: 'si_a_b', seq: 1, clientMsgId: 'c', senderId: 'a', status: 'sent', type: 'custom' };

describe('messageText', () => {
  it('shows any content as it was sent, and times as RFC 3339', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const text = JSON.stringify(content);
        const message = { ...BASE, content: text, sentAt: 1_700_000_000_123, createdAt: 0 } as unknown as Message;
        const shown = messageText(message);
        expect(shown).toContain(text);
        expect(JSON.parse(shown)).toEqual({
          ...BASE,
          content: JSON.parse(text) as unknown,
          sentAt: '2023-11-14T22:13:20.123Z',
          createdAt: '1970-01-01T00:00:00.000Z',
        });
      }),
    );
  });
});
