import { waitFor } from '#testing';
import type { Answer } from '../support/api.js';
import { outcome, USERS, type HectoUnderTest } from './hecto-under-test.js';
import type { ConversationTruth, Told, Truth } from './truth.js';

/** The cursor of a sender follows his send a moment after the answer. */
const SETTLED_WITHIN_MS = 10_000;
/** Messages on a page, when none asks for more. */
const PAGE = 50;

export function expectOutcome(answer: Answer, expected: string): void {
  expect(outcome(answer)).toBe(expected);
}

export function expectSent(answer: Answer, expected: string, { seq }: Told): void {
  expectOutcome(answer, expected);
  expect(answer.body.seq).toBe(seq);
}

/** Everything that every user can see, at the end. */
export async function expectAll(truth: Truth, hecto: HectoUnderTest): Promise<void> {
  for (let user = 0; user < USERS; user += 1) {
    await expectHistory(truth.group, hecto, user, hecto.groupConversation);
    await expectList(truth, hecto, user);
  }
  for (const [key, conversation] of truth.direct) {
    const [a = 0, b = 0] = key.split(',').map(Number);
    for (const user of [a, b]) await expectHistory(conversation, hecto, user, hecto.directConversation(a, b));
  }
}

export async function expectHistory(conversation: ConversationTruth, hecto: HectoUnderTest, user: number, id: string): Promise<void> {
  const answer = await hecto.as(user).get(`/v1/conversations/${id}/messages?afterSeq=0`);
  const view = conversation.viewOf(user);
  expectOutcome(answer, view ? '200' : '403 not_a_member');
  if (!view) return;
  const items = answer.body.items as { seq: number; senderId: string; clientMsgId: string; content: { text: string } }[];
  const seen = items.map(({ seq, senderId, clientMsgId, content }) => {
    return { seq, sender: hecto.userIds.indexOf(senderId), clientMsgId, text: content.text };
  });
  expect(seen).toEqual(conversation.readableBy(user).slice(0, PAGE));
  expect(answer.body).toMatchObject({ minSeq: view.minSeq, maxSeq: view.maxSeq });
}

export async function expectList(truth: Truth, hecto: HectoUnderTest, user: number): Promise<void> {
  const directs = [...truth.direct].map(([key, conversation]) => {
    const [a = 0, b = 0] = key.split(',').map(Number);
    return [hecto.directConversation(a, b), conversation.viewOf(user)] as const;
  });
  const views = [[hecto.groupConversation, truth.group.viewOf(user)] as const, ...directs].filter(([, view]) => view !== undefined);
  const expected = Object.fromEntries(views);
  const listed = async () => {
    const { items } = (await hecto.as(user).get('/v1/me/conversations')).body as { items: { conversationId: string }[] };
    const shown = Object.fromEntries(items.map((item) => [item.conversationId, pick(item as never)]));
    expect(shown).toEqual(expected);
    return true;
  };
  await waitFor(listed, { withinMs: SETTLED_WITHIN_MS, what: `the list of ${user}`, everyMs: 50 });
}

function pick({ minSeq, maxSeq, readSeq, unread }: Record<'minSeq' | 'maxSeq' | 'readSeq' | 'unread', number>): object {
  return { minSeq, maxSeq, readSeq, unread };
}
