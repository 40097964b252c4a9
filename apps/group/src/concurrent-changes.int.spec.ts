import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { AppError } from '#kernel';
import { groupConversation, type Group, type GroupId, type UserId } from '#contracts';
import { waitFor } from '#testing';
import { CreateGroupService } from './create-group/create-group.service.js';
import { DismissGroupService } from './dismiss-group/dismiss-group.service.js';
import { GroupStage } from './group-stage.suite.js';
import { InviteToGroupService } from './invite-to-group/invite-to-group.service.js';
import { JoinGroupService } from './join-group/join-group.service.js';
import { KickFromGroupService } from './kick-from-group/kick-from-group.service.js';
import { LeaveGroupService } from './leave-group/leave-group.service.js';
import { SetGroupRoleService } from './set-group-role/set-group-role.service.js';
import type { GroupDocument } from './store/group.document.js';
import { TransferGroupService } from './transfer-group/transfer-group.service.js';

type Kind = 'join' | 'leave' | 'invite' | 'kick' | 'promote' | 'transfer' | 'dismiss';

interface Operation {
  kind: Kind;
  /** Which of two processes gets it. */
  process: 0 | 1;
  actor: number;
  target: number;
}

const USERS = ['u0', 'u1', 'u2', 'u3', 'u4'] as UserId[];
const EXPECTED = ['not_a_member', 'forbidden', 'owner_cannot_leave', 'group_dismissed'];

const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom<Kind[]>('join', 'join', 'join', 'leave', 'leave', 'invite', 'kick', 'promote', 'transfer'),
  process: fc.constantFrom(0 as const, 1 as const),
  actor: fc.nat(USERS.length - 1),
  target: fc.nat(USERS.length - 1),
});

/** Batches that run one after the other, each with its operations at once; sometimes somebody tries to dismiss the group at the end. */
const story = fc.tuple(
  fc.array(fc.array(operation, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  fc.array(
    operation.map((each): Operation => ({ ...each, kind: 'dismiss' })),
    { maxLength: 1 },
  ),
);

function showsSame(told: Group | undefined, { owner_id, status }: Pick<GroupDocument, 'owner_id' | 'status'>): boolean {
  return told?.ownerId === owner_id && told.status === status;
}

describe('changes of a group at once, in two processes', () => {
  let stage: GroupStage;
  let processes: { get: <T>(type: new (...parts: never[]) => T) => T }[];

  beforeAll(async () => {
    stage = await GroupStage.open();
    processes = [await stage.process(), await stage.process()];
  });
  afterAll(() => stage.close());

  async function run(groupId: GroupId, { kind, process, actor, target }: Operation): Promise<unknown> {
    const { get } = processes[process]!;
    const service = <T>(type: new (...parts: never[]) => T): T => get.call(processes[process], type) as T;
    const [actorId, userId] = [USERS[actor]!, USERS[target]!];
    switch (kind) {
      case 'join':
        return service(JoinGroupService).join({ groupId, actorId });
      case 'leave':
        return service(LeaveGroupService).leave({ groupId, actorId });
      case 'invite':
        return service(InviteToGroupService).invite({ groupId, actorId, userIds: [userId] });
      case 'kick':
        return service(KickFromGroupService).kick({ groupId, actorId, userId });
      case 'promote':
        return service(SetGroupRoleService).setRole({ groupId, actorId, userId, role: 'admin' });
      case 'transfer':
        return service(TransferGroupService).transfer({ groupId, actorId, userId });
      case 'dismiss':
        return service(DismissGroupService).dismiss({ groupId, actorId });
    }
  }

  async function outcome(work: Promise<unknown>): Promise<'done' | 'refused'> {
    try {
      await work;
      return 'done';
    } catch (error) {
      if (error instanceof AppError && EXPECTED.includes(error.code)) return 'refused';
      throw error;
    }
  }

  async function create(): Promise<Group> {
    const groupId = `g-${randomBytes(5).toString('hex')}` as GroupId;
    return processes[0]!.get(CreateGroupService).create({ groupId, actorId: USERS[0]! });
  }

  const stored = (name: string, filter: object) => stage.database.db.collection(name).find(filter).toArray();

  async function agrees(groupId: GroupId): Promise<void> {
    const [group] = (await stored('group', { _id: groupId })) as unknown as [Pick<GroupDocument, 'member_count' | 'owner_id' | 'status'>];
    const members = await stored('group_member', { group_id: groupId, active: true });
    const joined = await stored('joined_group', { group_id: groupId });
    const ids = members.map((member) => member['user_id'] as UserId).sort();
    expect(group.member_count).toBe(members.length);
    expect(joined.map((each) => each['user_id'] as UserId).sort()).toEqual(ids);
    expect(stage.windowsOf(groupConversation(groupId))).toEqual(ids);
    expect(members.filter((member) => member['role'] === 'owner').map((member) => member['user_id'] as UserId)).toEqual([group.owner_id]);
    await waitFor(() => showsSame(stage.eventsOf(groupId).at(-1)?.group, group), { what: 'an event of the last state', withinMs: 5000 });
    const versions = [...new Set(stage.eventsOf(groupId).map(({ version }) => version))];
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }

  it('leave members, lists, count and the log in agreement, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ([batches, end]) => {
        const { groupId } = await create();
        for (const batch of [...batches, end]) await Promise.all(batch.map((each) => outcome(run(groupId, each))));
        await agrees(groupId);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('let exactly one of two admins kick a member, and open or close each window once', async () => {
    const { groupId } = await create();
    for (const target of [1, 2, 3]) await run(groupId, { kind: 'invite', process: 0, actor: 0, target });
    for (const target of [1, 2]) await run(groupId, { kind: 'promote', process: 1, actor: 0, target });
    const kick = (process: 0 | 1, actor: number) => outcome(run(groupId, { kind: 'kick', process, actor, target: 3 }));
    expect((await Promise.all([kick(0, 1), kick(1, 2)])).sort()).toEqual(['done', 'refused']);
    expect(stage.commands.filter(({ type, userIds }) => type === 'windows.close' && userIds.includes(USERS[3]!)).at(-1)).toBeDefined();
    await agrees(groupId);
  });

  it('let only one of an owner’s two transfers at once win', async () => {
    const { groupId } = await create();
    for (const target of [1, 2]) await run(groupId, { kind: 'invite', process: 0, actor: 0, target });
    const transfer = (process: 0 | 1, target: number) => outcome(run(groupId, { kind: 'transfer', process, actor: 0, target }));
    expect((await Promise.all([transfer(0, 1), transfer(1, 2)])).sort()).toEqual(['done', 'refused']);
    await agrees(groupId);
  });

  it('take many joiners of one group at once', async () => {
    const { groupId } = await create();
    const joiners = Array.from({ length: 60 }, (_, n) => `joiner-${n}` as UserId);
    await Promise.all(joiners.map((actorId, n) => processes[n % 2]!.get(JoinGroupService).join({ groupId, actorId })));
    expect(await stored('group', { _id: groupId })).toMatchObject([{ member_count: 61, version: 61 }]);
    await agrees(groupId);
  }, 20_000);
});
