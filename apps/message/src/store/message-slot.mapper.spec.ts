import fc from 'fast-check';
import { BSON } from 'mongodb';
import { CONTENT_TYPE_NAMES, directConversation, LIMITS, PLATFORM_NAMES, type Message, type UserId } from '#contracts';
import { toMessage, toSlot } from './message-slot.mapper.js';

const alice = 'a'.repeat(64) as UserId;
const conversationId = directConversation(alice, 'b'.repeat(64) as UserId);

const message = fc.record({
  conversationId: fc.constant(conversationId),
  seq: fc.integer({ min: 1, max: 2 ** 40 }),
  messageId: fc.constant('m'.repeat(27)),
  clientMsgId: fc.constant('c'.repeat(64)),
  sessionType: fc.constant('direct'),
  senderId: fc.constant(alice),
  senderDeviceId: fc.string({ maxLength: 128 }),
  senderPlatform: fc.constantFrom(...PLATFORM_NAMES),
  senderNickname: fc.string({ maxLength: LIMITS.maxNicknameLength, unit: 'grapheme' }),
  senderAvatar: fc.string({ maxLength: LIMITS.maxAvatarLength }),
  receiverId: fc.constant('b'.repeat(64)),
  type: fc.constantFrom(...CONTENT_TYPE_NAMES),
  content: fc.string({ maxLength: LIMITS.maxContentBytes, size: 'max' }).map((text) => JSON.stringify(text)),
  mentions: fc.array(fc.constant('u'.repeat(64)), { minLength: 1, maxLength: LIMITS.maxMentions }),
  options: fc.constant({ unreadCount: false }),
  ex: fc.string({ maxLength: LIMITS.maxExBytes }),
  sentAt: fc.integer({ min: 0 }),
  createdAt: fc.integer({ min: 0 }),
  status: fc.constant('sent'),
}) as unknown as fc.Arbitrary<Message>;

describe('message slot', () => {
  it('gives back what was put in, aside or not', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { slot, body } = toSlot(m, 7);
        expect(toMessage(conversationId, slot, body)).toEqual(m);
        expect(slot.msg.counted).toBe(7);
      }),
      { numRuns: 50 },
    );
  });

  it('never makes a bucket larger than 2 MB', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { slot } = toSlot(m, 1);
        expect(BSON.calculateObjectSize(slot) * 100).toBeLessThan(2 * 1024 * 1024);
      }),
      { numRuns: 50 },
    );
  });

  it('says when a body is missing rather than showing an empty message', () => {
    const { slot } = toSlot({ ...fc.sample(message, 1)[0]!, content: JSON.stringify('x'.repeat(5000)) }, 1);
    expect(() => toMessage(conversationId, slot, undefined)).toThrow('missing');
  });
});
