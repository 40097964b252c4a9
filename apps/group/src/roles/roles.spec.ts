import { GROUP_ACTIONS, verdict, type GroupAction, type Standing } from './roles.js';

const STANDINGS = ['owner', 'admin', 'member', 'stranger'] as const satisfies Standing[];

/** As a person would read it: each action by owner, admin, member, stranger. */
const WITHOUT_TARGET: Record<Exclude<GroupAction, 'kick' | 'set-role' | 'transfer'>, string[]> = {
  get: ['yes', 'yes', 'yes', 'yes'],
  join: ['yes', 'yes', 'yes', 'yes'],
  leave: ['owner_cannot_leave', 'yes', 'yes', 'not_a_member'],
  'list-members': ['yes', 'yes', 'yes', 'not_a_member'],
  invite: ['yes', 'yes', 'yes', 'not_a_member'],
  update: ['yes', 'yes', 'forbidden', 'not_a_member'],
  dismiss: ['yes', 'forbidden', 'forbidden', 'not_a_member'],
};

/** A row for each actor; in it the verdict towards owner, admin, member, stranger. */
const TOWARDS = {
  kick: [
    ['forbidden', 'yes', 'yes', 'not_a_member'],
    ['forbidden', 'forbidden', 'yes', 'not_a_member'],
    ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['not_a_member', 'not_a_member', 'not_a_member', 'not_a_member'],
  ],
  'set-role': [
    ['forbidden', 'yes', 'yes', 'not_a_member'],
    ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['not_a_member', 'not_a_member', 'not_a_member', 'not_a_member'],
  ],
  transfer: [
    ['forbidden', 'yes', 'yes', 'not_a_member'],
    ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['not_a_member', 'not_a_member', 'not_a_member', 'not_a_member'],
  ],
};

describe('the role table', () => {
  const plain = Object.entries(WITHOUT_TARGET) as [GroupAction, string[]][];
  const cells = plain.flatMap(([action, row]) => STANDINGS.map((actor, at) => ({ action, actor, expected: row[at] })));
  it.each(cells)('answers $expected to $action by $actor', ({ action, actor, expected }) => {
    expect(verdict(action, actor)).toBe(expected);
  });

  const targeted = Object.entries(TOWARDS) as [GroupAction, string[][]][];
  const towards = targeted.flatMap(([action, rows]) =>
    STANDINGS.flatMap((actor, row) => STANDINGS.map((target, at) => ({ action, actor, target, expected: rows[row]?.[at] }))),
  );
  it.each(towards)('answers $expected to $action by $actor towards $target', ({ action, actor, target, expected }) => {
    expect(verdict(action, actor, target)).toBe(expected);
  });

  it('has a row for every action', () => {
    expect([...Object.keys(WITHOUT_TARGET), ...Object.keys(TOWARDS)].sort()).toEqual([...GROUP_ACTIONS].sort());
  });
});
