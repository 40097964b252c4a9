import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import { checkWindow, type WindowFacts } from './window-rules.js';

const seq: SeqDocument = { _id: 'sg_team', max_seq: 50, min_seq: 1, counted: 40, created_at: 1 };
const window: UserWindowDocument = {
  _id: 'bob|sg_team',
  user_id: 'bob',
  conversation_id: 'sg_team',
  min_seq: 11,
  changed_at: 99,
  opened_at: 1,
  read_seq: 20,
  read_counted: 15,
};
const facts: WindowFacts = { seq, progress: { epoch: 0, offset: 100 }, countedAtCursor: 15 };
const pair = { seq: { ...seq, _id: 'si_alice_bob' } };
const ofPair = { _id: 'bob|si_alice_bob', conversation_id: 'si_alice_bob', min_seq: 1 };
const detailsOf = (more: Partial<UserWindowDocument>, other: Partial<WindowFacts> = {}) =>
  checkWindow({ ...window, ...more }, { ...facts, ...other }).map(({ rule, detail }) => `${rule}: ${detail}`);

describe('a window', () => {
  it.each<[string, Partial<UserWindowDocument>, Partial<WindowFacts>]>([
    ['within its conversation', {}, {}],
    ['that begins behind the last message', { min_seq: 51, read_seq: 50 }, {}],
    ['that is closed', { closed: true }, {}],
    ['with the cursor before its first message', { read_seq: 10 }, {}],
    ['of which it is not known how many messages count up to its cursor', {}, { countedAtCursor: undefined }],
    ['of one of two', ofPair, pair],
  ])('may be one %s', (_what, more, other) => {
    expect(detailsOf(more, other)).toEqual([]);
  });

  it.each<[string, Partial<UserWindowDocument>, Partial<WindowFacts>?]>([
    ['windows: its fields say the window of eve in sg_team', { user_id: 'eve' }],
    ['windows: there is no such conversation', {}, { seq: undefined }],
    ['windows: min_seq is 0, not within 1 to 51', { min_seq: 0 }],
    ['windows: closed is false', { closed: false as unknown as true }],
    ['windows: changed_at is undefined', { changed_at: undefined as unknown as number }],
    ['windows: it changed at 100, which is decided only up to 100', { changed_at: 100 }],
    ['windows: eve is none of the two', { ...ofPair, _id: 'eve|si_alice_bob', user_id: 'eve' }, pair],
    ['windows: the window of one of two is open from the first message on, always', { ...ofPair, min_seq: 2 }, pair],
    ['windows: the window of one of two is open from the first message on, always', { ...ofPair, closed: true }, pair],
    ['cursors: the cursor is 51, though max_seq is 50', { read_seq: 51 }],
    ['cursors: the cursor is -1, though max_seq is 50', { read_seq: -1 }],
    ['cursors: the cursor 9 is before the window, which begins at 11', { read_seq: 9 }],
    ['cursors: it says 14 counted up to the cursor 20, it is 15', { read_counted: 14 }],
  ])('is found to be wrong: %s', (detail, more, other = {}) => {
    expect(detailsOf(more, other)).toEqual([detail]);
  });

  it('is found to be wrong when it begins behind what is still to come', () => {
    expect(detailsOf({ min_seq: 52, read_seq: 50 })).toContain('windows: min_seq is 52, not within 1 to 51');
  });
});
