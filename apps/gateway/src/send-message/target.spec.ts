import fc from 'fast-check';
import type { AppError } from '#kernel';
import { directConversation, USER_ID_PATTERN, type ConversationId, type GroupId, type UserId } from '#contracts';
import { targetOf } from './target.js';

const alice = 'alice' as UserId;
const bob = 'bob' as UserId;
const userId = fc.stringMatching(USER_ID_PATTERN).map((text) => text as UserId);

function refusal(sender: UserId, request: Parameters<typeof targetOf>[1]): string {
  try {
    targetOf(sender, request);
  } catch (error) {
    return (error as AppError).code;
  }
  throw new Error('was not refused');
}

const conversation = (id: string) => ({ conversationId: id as ConversationId });

describe('targetOf', () => {
  it('is the same whether a user or the conversation with him is named', () => {
    fc.assert(
      fc.property(userId, userId, (sender, receiver) => {
        const byUser = targetOf(sender, { to: { userId: receiver } });
        const byConversation = targetOf(sender, { conversationId: directConversation(sender, receiver) });
        expect(byUser).toEqual({ kind: 'direct', conversationId: directConversation(sender, receiver), receiverId: receiver });
        expect(byConversation).toEqual(byUser);
      }),
    );
  });

  it('refuses whom the conversation of two others does not concern', () => {
    expect(refusal('eve' as UserId, { conversationId: directConversation(alice, bob) })).toBe('conversation_not_found');
  });

  it('is the same whether a group or its conversation is named', () => {
    const target = { kind: 'group', groupId: 'g1', conversationId: 'sg_g1' };
    expect(targetOf(alice, { to: { groupId: 'g1' as GroupId } })).toEqual(target);
    expect(targetOf(alice, conversation('sg_g1'))).toEqual(target);
  });

  it.each(['n_alice_bob', 'n_g1', 'sn_all', 'sn_alice'])('refuses %s, where only the server writes', (id) => {
    expect(refusal(alice, conversation(id))).toBe('forbidden');
  });

  it('wants exactly one target', () => {
    expect(refusal(alice, {})).toBe('invalid_request');
    expect(refusal(alice, { to: {} })).toBe('invalid_request');
    expect(refusal(alice, { to: { userId: bob, groupId: 'g1' as GroupId } })).toBe('invalid_request');
    expect(refusal(alice, { ...conversation('sg_g1'), to: { userId: bob } })).toBe('invalid_request');
  });
});
