import fc from 'fast-check';
import type { Message, MessagePage } from '#contracts';
import { messagePageText } from './message-page.js';

const at = Date.parse('2026-01-31T09:30:00.000Z');
const message = (content: string, seq: number) =>
  ({
    conversationId: 'sg_g',
    seq,
    messageId: 'm',
    content,
    sentAt: at,
    createdAt: at - 1,
    senderNickname: '"quoted"',
  }) as unknown as Message;

it('is the JSON of the page with each content as it was sent', () => {
  fc.assert(
    fc.property(fc.array(fc.json(), { maxLength: 5 }), fc.boolean(), (contents, complete) => {
      const items = contents.map((content, index) => message(content, index + 1));
      const page = { items, minSeq: 1, maxSeq: items.length, complete } as unknown as MessagePage;
      expect(JSON.parse(messagePageText(page))).toEqual({
        items: items.map((item) => ({
          ...item,
          content: JSON.parse(item.content) as unknown,
          sentAt: '2026-01-31T09:30:00.000Z',
          createdAt: '2026-01-31T09:29:59.999Z',
        })),
        minSeq: 1,
        maxSeq: items.length,
        complete,
      });
    }),
  );
});
