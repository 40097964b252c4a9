import fc from 'fast-check';
import {
  groupConversation,
  directConversation,
  placeOf,
  type ClientMsgId,
  type ConversationId,
  type GroupId,
  type SendMessage,
  type Seq,
  type UserId,
} from '#contracts';
import type { InboundRecord, MessageCommand } from './command.js';
import { decideTrain } from './decide.js';
import type { Decision, Stored } from './decision.js';
import { COMMAND_SENDER, messageKey } from './message-key.js';
import { TrainState, type TrainFacts } from './train-state.js';

const [alice, bob, carol] = ['alice', 'bob', 'carol'] as [UserId, UserId, UserId];
const group = groupConversation('team' as GroupId);
const direct = directConversation(alice, bob);
const NOTHING: TrainFacts = { key: () => undefined, conversation: () => undefined, window: () => undefined };

function send(sender: UserId, id: string, to: ConversationId = group, content = '{"text":"hi"}'): MessageCommand {
  const body: SendMessage = {
    conversationId: to,
    senderId: sender,
    clientMsgId: id as ClientMsgId,
    senderNickname: sender,
    senderAvatar: '',
    type: 'text',
    content,
    createdAt: 1,
  };
  return { kind: 'send', body };
}

function open(users: UserId[], id: string, history: 'join' | 'all' = 'join'): MessageCommand {
  return { kind: 'open', body: { commandId: id, conversationId: group, userIds: users, history } };
}

function close(users: UserId[], id: string): MessageCommand {
  return { kind: 'close', body: { commandId: id, conversationId: group, userIds: users } };
}

function record(command: MessageCommand, offset: number, redelivered = false): InboundRecord {
  const { body } = command;
  const [sender, id] = 'commandId' in body ? [COMMAND_SENDER, body.commandId] : [body.senderId, body.clientMsgId];
  const keyId = messageKey(body.conversationId, sender, id).toString('hex');
  return { partition: 0, offset, place: placeOf(0, offset), time: 1000 + offset, redelivered, reply: undefined, keyId, command };
}

function log(commands: MessageCommand[]): InboundRecord[] {
  return commands.map((command, offset) => record(command, offset));
}

const stored = (decisions: Decision[]): Stored[] => decisions.filter((decision) => decision.kind === 'stored');

/** The facts after these decisions, as the store would hold them. */
function after(decisions: Decision[], before: TrainFacts): TrainFacts {
  const state = new TrainState(before);
  for (const decision of decisions) {
    if (decision.kind !== 'stored' && decision.kind !== 'ruled') continue;
    state.setKey(decision.record.keyId, decision.key);
    state.setConversation(decision.conversationId, decision.after);
    if (decision.kind === 'ruled')
      for (const { userId, ...window } of decision.windows) state.setWindow(decision.conversationId, userId, window);
  }
  return state;
}

describe('decide', () => {
  it('stores a member’s send at the next seq and refuses a stranger’s', () => {
    const decisions = decideTrain(log([open([alice], 'o'), send(alice, '1'), send(bob, '1'), send(alice, '2')]), NOTHING);
    expect(decisions.map(({ kind }) => kind)).toEqual(['ruled', 'stored', 'refused', 'stored']);
    expect(stored(decisions).map(({ answer }) => answer.seq)).toEqual([1, 2]);
    expect(decisions[2]).toMatchObject({ error: { code: 'not_a_member' } });
  });

  it('needs no window for a conversation of two, and admits nobody else to it', () => {
    const decisions = decideTrain(log([send(alice, '1', direct), send(bob, '1', direct), send(carol, '1', direct)]), NOTHING);
    expect(decisions.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'refused']);
    expect(stored(decisions)[1]?.message).toMatchObject({ sessionType: 'direct', receiverId: alice });
  });

  it('opens a window at the exact seq, and closes it at the next record', () => {
    const commands = [open([alice], 'o1'), send(alice, '1'), open([bob], 'o2'), send(bob, '1'), close([bob], 'c'), send(bob, '2')];
    const decisions = decideTrain(log(commands), NOTHING);
    expect(decisions[2]).toMatchObject({ kind: 'ruled', windows: [{ userId: bob, open: true, minSeq: 2 }] });
    expect(decisions[3]).toMatchObject({ kind: 'stored', answer: { seq: 2 } });
    expect(decisions[5]).toMatchObject({ kind: 'refused', error: { code: 'not_a_member' } });
  });

  it('opens the whole history where the rule says so', () => {
    const decisions = decideTrain(log([open([alice], 'o'), send(alice, '1'), open([bob], 'p', 'all')]), NOTHING);
    expect(decisions[2]).toMatchObject({ windows: [{ userId: bob, minSeq: 1 }], event: { kind: 'windows.opened', minSeq: 1, maxSeq: 1 } });
  });

  it('leaves a window that is open as it is', () => {
    const decisions = decideTrain(log([open([alice], 'o'), send(alice, '1'), open([alice, bob], 'p')]), NOTHING);
    expect(decisions[2]).toMatchObject({ windows: [{ userId: bob }] });
  });

  it('gives the first answer to a repeated send, also after its sender was kicked', () => {
    const first = decideTrain(log([open([alice], 'o'), send(alice, '1')]), NOTHING);
    const later = [record(close([alice], 'c'), 2), record(send(alice, '1'), 3), record(send(alice, '1', group, '"other"'), 4)];
    const decisions = decideTrain(later, after(first, NOTHING));
    expect(decisions[1]).toMatchObject({ kind: 'repeated', answer: { seq: 1, replayed: true, sentAt: 1001 } });
    expect(decisions[2]).toMatchObject({ kind: 'refused', error: { code: 'idempotency_key_reused' } });
  });

  it('publishes a redelivered record again only if it was the one that was stored', () => {
    const train = [record(open([alice], 'o'), 0), record(send(alice, '1'), 1), record(send(bob, '1'), 2), record(send(alice, '1'), 3)];
    const facts = after(decideTrain(train, NOTHING), NOTHING);
    const again = decideTrain(
      train.map(({ command, offset }) => record(command, offset, true)),
      facts,
    );
    expect(again.map(({ kind }) => kind)).toEqual(['again', 'again', 'passed', 'repeated']);
  });

  it('says nothing to a redelivered record whose key a later one took', () => {
    const facts = after(decideTrain([record(open([alice], 'o'), 5), record(send(alice, '1'), 6)], NOTHING), NOTHING);
    expect(decideTrain([record(send(alice, '1'), 3, true)], facts)).toMatchObject([{ kind: 'passed' }]);
  });

  it('refuses sends to a dismissed group', () => {
    const dismiss: MessageCommand = { kind: 'dismiss', body: { commandId: 'd', conversationId: group } };
    const decisions = decideTrain(log([open([alice], 'o'), dismiss, send(alice, '1')]), NOTHING);
    expect(decisions[2]).toMatchObject({ error: { code: 'group_dismissed' } });
  });
});

describe('deciding any log', () => {
  const user = fc.constantFrom(alice, bob, carol);
  const id = fc.constantFrom('1', '2', '3', '4');
  const command = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(user, id).map(([who, what]) => send(who, what)) },
    { weight: 2, arbitrary: fc.tuple(user, id).map(([who, what]) => open([who], `o${what}`)) },
    { weight: 1, arbitrary: fc.tuple(user, id).map(([who, what]) => close([who], `c${what}`)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(alice, bob), id).map(([who, what]) => send(who, what, direct)) },
  );
  const commands = fc.array(command, { maxLength: 40 });
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 });

  function inTrains(records: InboundRecord[], lengths: number[]): { decisions: Decision[]; facts: TrainFacts } {
    let facts = NOTHING;
    const decisions: Decision[] = [];
    for (let at = 0, i = 0; at < records.length; i++) {
      const train = records.slice(at, (at += lengths[i % lengths.length] ?? 1));
      const decided = decideTrain(train, facts);
      facts = after(decided, facts);
      decisions.push(...decided);
    }
    return { decisions, facts };
  }

  it('gives dense seqs, each id once, to open windows only, however the log is cut into trains', () => {
    fc.assert(
      fc.property(commands, cuts, (list, lengths) => {
        const { decisions } = inTrains(log(list), lengths);
        expect(decisions).toEqual(decideTrain(log(list), NOTHING));
        for (const conversation of [group, direct]) {
          const mine = stored(decisions).filter(({ conversationId }) => conversationId === conversation);
          expect(mine.map(({ key }) => key.result)).toEqual(mine.map((_, i) => i + 1));
          expect(mine.map(({ counted }) => counted)).toEqual(mine.map((_, i) => i + 1));
        }
        const ids = stored(decisions).map(({ record: { keyId } }) => keyId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('says to a redelivered log exactly what it said at first, and changes nothing', () => {
    fc.assert(
      fc.property(commands, cuts, (list, lengths) => {
        const { decisions, facts } = inTrains(log(list), lengths);
        const again = decideTrain(
          log(list).map((r) => ({ ...r, redelivered: true })),
          facts,
        );
        again.forEach((decision, i) => {
          const first = decisions[i];
          if (first?.kind === 'stored' || first?.kind === 'ruled') {
            expect(decision).toEqual({ kind: 'again', record: decision.record, event: first.event, answer: first.answer });
          } else {
            expect(['passed', 'repeated', 'refused']).toContain(decision.kind);
          }
        });
      }),
    );
  });

  it('keeps each window at the seq where it was opened', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const decisions = decideTrain(log(list), NOTHING);
        const windows = new Map<UserId, Seq | undefined>();
        let seq = 0;
        for (const decision of decisions) {
          if (decision.kind === 'stored' && decision.conversationId === group) {
            seq += 1;
            expect(windows.get(decision.message.senderId)).toBeLessThanOrEqual(seq);
          }
          if (decision.kind !== 'ruled') continue;
          for (const { userId, open: opened, minSeq } of decision.windows) {
            expect(windows.get(userId) !== undefined).toBe(!opened);
            if (opened) expect(minSeq).toBe(seq + 1);
            windows.set(userId, opened ? minSeq : undefined);
          }
        }
      }),
    );
  });
});
