import type { GroupDocument, GroupMemberDocument, JoinedGroupDocument } from '../../../../group/src/store/group.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import { checkGroup, checkListed, checkLists, checkMembers, checkMembership, type GroupFacts } from './member-rules.js';

const member = { _id: 'team|bob', group_id: 'team', user_id: 'bob', active: true, role: 'member' } as unknown as GroupMemberDocument;
const window = { _id: 'bob|sg_team', user_id: 'bob', conversation_id: 'sg_team' } as UserWindowDocument;
const closed: UserWindowDocument = { ...window, closed: true };
const windows = (...some: UserWindowDocument[]) => new Map(some.map((each) => [each._id, each]));

describe('members and windows of a group', () => {
  it('agree when the member has an open window, and nobody else', () => {
    expect(checkMembers([member], windows(window), 'empty')).toEqual([]);
    expect(checkMembership(window, member, 'empty')).toEqual([]);
    expect(checkMembership(closed, undefined, 'empty')).toEqual([]);
  });

  it.each([
    ['closed', windows(closed)],
    ['not there', windows()],
  ])('disagree when the member’s window is %s', (how, some) => {
    expect(checkMembers([member], some, 'empty')).toMatchObject([
      { rule: 'members', detail: `bob is a member of team, but his window is ${how}` },
    ]);
  });

  it.each([undefined, { ...member, active: false }])('disagree when who has an open window is no member: %j', (former) => {
    expect(checkMembership(window, former, 'empty')).toMatchObject([
      { rule: 'members', documents: ['seq_user bob|sg_team', 'group_member team|bob'] },
    ]);
  });

  it('may differ while commands of the group wait', () => {
    expect([...checkMembers([member], windows(), 'waiting'), ...checkMembership(window, undefined, 'waiting')]).toEqual([]);
  });
});

describe('users’ lists of groups', () => {
  const former = { ...member, active: false };
  const entry = { _id: 'bob|team', user_id: 'bob', group_id: 'team' } as JoinedGroupDocument;

  it('hold the groups of their members', () => {
    expect([...checkLists([member], new Set(['bob|team'])), ...checkLists([former], new Set())]).toEqual([]);
    expect(checkListed([entry], new Set(['team|bob']))).toEqual([]);
  });

  it('are found to lack a group, or to have one too many', () => {
    expect(checkLists([member], new Set())).toMatchObject([{ rule: 'members', detail: expect.stringContaining('lacks') }]);
    expect(checkLists([former], new Set(['bob|team']))).toMatchObject([{ documents: ['group_member team|bob', 'joined_group bob|team'] }]);
    expect(checkListed([entry], new Set())).toMatchObject([{ documents: ['joined_group bob|team', 'group_member team|bob'] }]);
  });
});

describe('a group', () => {
  const group = { _id: 'team', member_count: 3, owner_id: 'ann', status: 'active' } as unknown as GroupDocument;
  const facts: GroupFacts = {
    members: 3,
    owners: ['ann'],
    seq: { _id: 'sg_team', max_seq: 0, min_seq: 1, counted: 0, created_at: 1 },
    outbox: 'empty',
  };
  const dismissed = { ...facts, seq: { ...facts.seq!, dismissed: true as const } };

  it('is what its members and its conversation say', () => {
    expect(checkGroup(group, facts)).toEqual([]);
    expect(checkGroup({ ...group, status: 'dismissed' }, dismissed)).toEqual([]);
  });

  it.each<[string, GroupDocument, GroupFacts]>([
    ['member_count is 3, it has 2', group, { ...facts, members: 2 }],
    ['owner_id is ann, the members with that role are: none', group, { ...facts, owners: [] }],
    ['owner_id is ann, the members with that role are: ann, bob', group, { ...facts, owners: ['ann', 'bob'] }],
    ['its conversation is missing', group, { ...facts, seq: undefined }],
    ['it is active, its conversation is dismissed', group, dismissed],
    ['it is dismissed, its conversation is not dismissed', { ...group, status: 'dismissed' }, facts],
  ])('is found to be wrong: %s', (detail, document, what) => {
    expect(checkGroup(document, what)).toMatchObject([{ rule: 'members', detail: expect.stringContaining(detail) }]);
  });

  it('may be ahead of its conversation, not of its members, while commands wait', () => {
    expect(checkGroup({ ...group, status: 'dismissed' }, { ...facts, seq: undefined, members: 4, outbox: 'waiting' })).toHaveLength(1);
  });
});
