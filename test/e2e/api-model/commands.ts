import fc from 'fast-check';
import { expectHistory, expectList, expectOutcome, expectSent } from './expectations.js';
import { outcome, USERS, type HectoUnderTest } from './hecto-under-test.js';
import type { Told, Truth, View } from './truth.js';

type Command = fc.AsyncCommand<Truth, HectoUnderTest>;
type Act = (truth: Truth, hecto: HectoUnderTest) => Promise<void>;

const doing = (name: string, act: Act, check: (truth: Readonly<Truth>) => boolean = () => true): Command => ({
  check,
  run: act,
  toString: () => name,
});

function send(user: number): Command {
  return doing(`${user} sends to the group`, async (truth, hecto) => {
    const [clientMsgId, text] = newMessage(truth);
    const answer = await hecto.send(user, { to: { groupId: hecto.groupId } }, clientMsgId, text);
    if (truth.group.isOpenFor(user)) expectSent(answer, '201', truth.group.tell({ sender: user, clientMsgId, text }));
    else expectOutcome(answer, '403 not_a_member');
  });
}

function sendTo(user: number, other: number): Command {
  return doing(`${user} sends to ${other}`, async (truth, hecto) => {
    const [clientMsgId, text] = newMessage(truth);
    const answer = await hecto.send(user, { to: { userId: hecto.userIds[other] } }, clientMsgId, text);
    expectSent(answer, '201', truth.between(user, other).tell({ sender: user, clientMsgId, text }));
  });
}

/** Whatever its sender may do now. */
function retry(which: number, text?: string): Command {
  const name = text === undefined ? `message ${which} is sent again` : `message ${which} is sent again with other words`;
  const act: Act = async (truth, hecto) => {
    const told = truth.group.messages[which % truth.group.maxSeq] as Told;
    const answer = await hecto.send(told.sender, { to: { groupId: hecto.groupId } }, told.clientMsgId, text ?? told.text);
    if (text === undefined) expectSent(answer, '200', told);
    else expectOutcome(answer, '422 idempotency_key_reused');
  };
  return doing(name, act, (truth) => truth.group.maxSeq > 0);
}

function join(user: number): Command {
  return doing(`${user} joins`, async (truth, hecto) => {
    expectOutcome(await hecto.as(user).post(`/v1/groups/${hecto.groupId}/join`), '200');
    truth.join(user);
  });
}

function leave(user: number): Command {
  return doing(`${user} leaves`, async (truth, hecto) => {
    const answer = await hecto.as(user).post(`/v1/groups/${hecto.groupId}/leave`);
    if (user === 0) expectOutcome(answer, '409 owner_cannot_leave');
    else end(truth, user, 'himself', outcome(answer));
  });
}

function kick(user: number): Command {
  return doing(`the owner kicks ${user}`, async (truth, hecto) => {
    const answer = await hecto.as(0).delete(`/v1/groups/${hecto.groupId}/members/${hecto.userIds[user] ?? ''}`);
    if (user === 0) expectOutcome(answer, '403 forbidden');
    else end(truth, user, 'the owner', outcome(answer));
  });
}

/** Whoever ended it may say so again; anybody else is told that there is nothing to end. */
function end(truth: Truth, user: number, by: 'himself' | 'the owner', answered: string): void {
  const succeeds = truth.group.isOpenFor(user) || truth.endedBy.get(user) === by;
  expect(answered).toBe(succeeds ? '204' : '403 not_a_member');
  if (!truth.group.isOpenFor(user)) return;
  truth.group.close(user);
  truth.endedBy.set(user, by);
}

function read(user: number, seq: number): Command {
  return doing(`${user} has read up to ${seq}`, async (truth, hecto) => {
    const answer = await hecto.as(user).put(`/v1/conversations/${hecto.groupConversation}/read-cursor`, { seq });
    const view = truth.group.viewOf(user);
    expectOutcome(answer, readOutcome(view, seq));
    if (!view || answer.status !== 200) return;
    truth.group.hasRead(user, seq);
    expect(answer.body).toMatchObject({ maxSeq: view.maxSeq, minSeq: view.minSeq });
  });
}

function readOutcome(view: View | undefined, seq: number): string {
  if (!view) return '403 not_a_member';
  return seq > view.maxSeq || seq < view.minSeq - 1 ? '403 outside_window' : '200';
}

function history(user: number): Command {
  return doing(`${user} reads the group`, (truth, hecto) => expectHistory(truth.group, hecto, user, hecto.groupConversation));
}

function list(user: number): Command {
  return doing(`${user} lists his conversations`, (truth, hecto) => expectList(truth, hecto, user));
}

function newMessage(truth: Truth): [string, string] {
  truth.sends += 1;
  return [`m-${truth.sends}`, `words ${truth.sends}`];
}

export function apiCommands(maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  const user = fc.nat(USERS - 1);
  return fc.commands(
    [
      user.map(send),
      user.map(send),
      fc.tuple(user, fc.integer({ min: 1, max: USERS - 1 })).map(([from, step]) => sendTo(from, (from + step) % USERS)),
      fc.nat(50).map((which) => retry(which)),
      fc.nat(50).map((which) => retry(which, 'other words')),
      user.map(join),
      user.map(leave),
      user.map(kick),
      fc.tuple(user, fc.nat(12)).map(([who, seq]) => read(who, seq)),
      user.map(history),
      user.map(list),
    ],
    { maxCommands, size: 'max' },
  );
}
