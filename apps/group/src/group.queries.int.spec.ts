import { newId } from '#kernel';
import { groupConversation, type Group, type GroupId, type GroupMember, type GroupRole, type UserId } from '#contracts';
import type { Database } from '#storage';
import { cataloguedOutbox } from '../../../libs/outbox/src/catalogued-outbox.suite.js';
import { holdQueries } from '../../../libs/storage/src/query-catalogue/service-queries.suite.js';
import type { CataloguedCall } from '../../../libs/storage/src/query-catalogue/query-catalogue.js';
import { GROUP_COLLECTIONS, GROUP_MEMBERS, GROUP_OUTBOX, GROUPS, JOINED_GROUPS } from './store/group.collections.js';
import { GroupRepository } from './store/group.repository.js';
import { GroupTransaction } from './store/group-transaction.repository.js';

const groupId = 'team' as GroupId;
const [ann, bob, cid] = ['ann', 'bob', 'cid'] as UserId[] as [UserId, UserId, UserId];
const member = (userId: UserId, role: GroupRole = 'member'): GroupMember => ({ groupId, userId, role, joinedAt: 1 });
const group: Group = {
  ...{ groupId, conversationId: groupConversation(groupId), name: '', avatar: '', ex: '', ownerId: ann },
  ...{ history: 'join', memberCount: 1, status: 'active', version: 1, createdAt: 1 },
};

describe('the queries of the group service', () => {
  const rows = holdQueries({ service: 'group', collections: GROUP_COLLECTIONS, callsOn });

  it('find a member by his key, however many members the group has', () => {
    const byKey = rows().filter(({ collection, filter }) => collection === 'group_member' && filter.startsWith('{ _id: '));
    expect(byKey.map(({ indexes }) => indexes)).toEqual(byKey.map(() => ['_id_']));
  });
});

function callsOn(database: Database): CataloguedCall[] {
  const { outbox, flush, sweeper } = cataloguedOutbox(database, GROUP_OUTBOX);
  const groups = new GroupRepository(database, outbox);
  const collections = {
    groups: database.collection(GROUPS),
    members: database.collection(GROUP_MEMBERS),
    joined: database.collection(JOINED_GROUPS),
  };
  const within = (method: string, work: (tx: GroupTransaction) => Promise<unknown>): CataloguedCall => ({
    method: `GroupTransaction.${method}`,
    run: () => database.transaction((session) => work(new GroupTransaction(collections, outbox, session, groupId))),
  });
  const beside = (method: string, run: () => Promise<unknown>): CataloguedCall => ({ method: `GroupRepository.${method}`, run });
  const page = { after: undefined, limit: 10 };
  const entry = { id: newId(), entity: groupId, version: 1, part: 0, topic: 't', key: 'k', type: 'x', payload: {}, awaitsAnswer: false };

  return [
    within('create', (tx) => tx.create(group)),
    within('admit', (tx) => tx.admit([member(ann, 'owner'), member(bob)])),
    within('enter', (tx) => tx.enter(member(cid))),
    within('raise', (tx) => tx.raise({ members: 1, owner: { from: ann, to: bob } })),
    within('raise', (tx) => tx.raise({ name: 'x' })),
    within('group', (tx) => tx.group()),
    within('previousOwner', (tx) => tx.previousOwner()),
    within('members', (tx) => tx.members([ann, bob])),
    within('setRoles', (tx) => tx.setRoles([{ userId: bob, role: 'admin' }])),
    within('remove', (tx) => tx.remove(cid, ann, 1)),
    within('removedBy', (tx) => tx.removedBy(cid)),
    beside('find', () => groups.find(groupId)),
    beside('findMember', () => groups.findMember(groupId, ann)),
    beside('pageOfMembers', () => groups.pageOfMembers(groupId, page)),
    beside('pageOfMembers', () => groups.pageOfMembers(groupId, { ...page, after: ann })),
    beside('pageOfJoined', () => groups.pageOfJoined(ann, page)),
    beside('pageOfJoined', () => groups.pageOfJoined(ann, { ...page, after: 'a' as GroupId })),
    within('tell', (tx) => tx.tell([entry])),
    flush(groupId),
    sweeper,
  ];
}
