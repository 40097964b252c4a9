import { placeOf, type ConversationId, type Cursors, type WindowState, type Seq } from '#contracts';
import { UserWindows } from '../delivery/user-windows.js';
import { movedAtConnect, type AtConnect } from './moved-at-connect.js';

const window = (conversationId: string, maxSeq: number, minSeq = 1): WindowState => ({
  conversationId: conversationId as ConversationId,
  open: true,
  minSeq: minSeq as Seq,
  maxSeq: maxSeq as Seq,
  readSeq: 0 as Seq,
  changedAt: placeOf(1, 10),
});

function moved(
  cursors: Record<string, number>,
  loaded: WindowState[],
  more: Partial<AtConnect> & { passed?: Record<string, number> } = {},
) {
  const windows = new UserWindows();
  for (const one of loaded) if (one.conversationId.startsWith('sg_')) windows.load(one);
  const recent = { highest: (id: ConversationId) => (more.passed?.[id] ?? 0) as Seq };
  const answer = movedAtConnect(cursors as Cursors, { loaded, windows, recent, missed: new Map(), ...more });
  return { ...answer, moved: answer.moved.map(({ conversationId, maxSeq }) => `${conversationId} ${maxSeq}`) };
}

describe('movedAtConnect', () => {
  it('names what is beyond the cursors, by id; an unnamed conversation counts as 0', () => {
    const loaded = [window('si_a_b', 5), window('sg_team', 5), window('sg_old', 5), window('sg_empty', 0)];
    expect(moved({ sg_team: 4, sg_old: 5 }, loaded)).toEqual({ moved: ['sg_team 5', 'si_a_b 5'], complete: true });
  });

  it('leaves out a window in which nothing can be read yet', () => {
    expect(moved({}, [window('sg_team', 5, 6)]).moved).toEqual([]);
  });

  it('counts messages that passed after the windows were read', () => {
    expect(moved({ sg_team: 5 }, [window('sg_team', 5)], { passed: { sg_team: 7 } }).moved).toEqual(['sg_team 7']);
    const missed = new Map([['si_a_c' as ConversationId, 1 as Seq]]);
    expect(moved({}, [], { missed }).moved).toEqual(['si_a_c 1']);
  });

  it('counts windows that were opened and closed since', () => {
    const windows = new UserWindows();
    windows.load(window('sg_closed', 5));
    windows.change('sg_closed' as ConversationId, { open: false, minSeq: 0 as Seq, maxSeq: 5 as Seq, changedAt: placeOf(1, 11) });
    windows.change('sg_opened' as ConversationId, { open: true, minSeq: 1 as Seq, maxSeq: 3 as Seq, changedAt: placeOf(1, 12) });
    expect(moved({}, [window('sg_closed', 5)], { windows }).moved).toEqual(['sg_opened 3']);
  });

  it('leaves out what was closed when it was read', () => {
    const closed = ['sg_team', 'sn_alice'].map((id) => ({ ...window(id, 5), open: false }));
    expect(moved({}, [...closed, window('sg_old', 5)]).moved).toEqual(['sg_old 5']);
  });

  it('names 200 and says that there are more', () => {
    const loaded = Array.from({ length: 201 }, (_, i) => window(`sg_g${String(i).padStart(3, '0')}`, 1));
    const answer = moved({}, loaded);
    expect([answer.moved.length, answer.moved.at(-1), answer.complete]).toEqual([200, 'sg_g199 1', false]);
    expect(moved({ sg_g200: 1 }, loaded).complete).toBe(true);
  });
});
