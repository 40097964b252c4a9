import type { HistoryLine } from './history.js';
import { Recorder } from './recorder.js';

const ALICE = { userId: 'alice', deviceId: 'd1' };
const SEND = { type: 'send', over: 'socket', to: { userId: 'bob' }, clientMsgId: 'm1', digest: 'x' } as const;

describe('Recorder', () => {
  const recording = () => {
    const lines: HistoryLine[] = [];
    const recorder = new Recorder({ append: (line) => lines.push(line) }, () => 7);
    return { lines, recorder };
  };

  it('gives each call a number, which its return names', () => {
    const { lines, recorder } = recording();
    const [first, second] = [recorder.call(ALICE, SEND), recorder.call(ALICE, { type: 'list' })];
    recorder.returned(second, { type: 'list' }, { outcome: 'unknown' });
    recorder.returned(first, SEND, { outcome: 'refused', code: 'not_a_member' });
    expect(lines).toEqual([
      { kind: 'call', at: 7, call: first, client: ALICE, operation: SEND },
      { kind: 'call', at: 7, call: second, client: ALICE, operation: { type: 'list' } },
      { kind: 'return', at: 7, call: second, outcome: 'unknown' },
      { kind: 'return', at: 7, call: first, outcome: 'refused', code: 'not_a_member' },
    ]);
  });

  it('counts what became of the sends, and refusals by operation and code', () => {
    const { recorder } = recording();
    const answer = { type: 'send', conversationId: 'si_alice_bob', seq: 1, messageId: 'a', replayed: true } as const;
    recorder.returned(recorder.call(ALICE, SEND), SEND, { outcome: 'ok', answer });
    recorder.returned(recorder.call(ALICE, SEND), SEND, { outcome: 'refused', code: 'not_a_member' });
    recorder.returned(recorder.call(ALICE, SEND), SEND, { outcome: 'unknown' });
    recorder.push(ALICE, { type: 'resync', reason: 'rejoin' });
    expect(recorder.counts).toMatchObject({ calls: 3, sends: 3, sendsOk: 1, sendsReplayed: 1, sendsRefused: 1, sendsUnknown: 1 });
    expect(recorder.counts.refused).toEqual({ 'send not_a_member': 1 });
    expect(recorder.counts.unknown).toEqual({ 'send silence': 1 });
    expect(recorder.counts.pushes).toEqual({ resync: 1 });
  });
});
