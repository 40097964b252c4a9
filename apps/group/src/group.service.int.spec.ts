import { randomBytes } from 'node:crypto';
import type { AppError } from '#kernel';
import {
  GROUP_QUESTIONS,
  groupConversation,
  LIMITS,
  MESSAGE_COMMAND,
  type Group,
  type GroupId,
  type GroupMember,
  type Question,
  type UserId,
} from '#contracts';
import type { RunningService } from '#runtime';
import { waitFor } from '#testing';
import { GroupStage } from './group-stage.suite.js';
import { startGroup } from './start-group.js';

const [ann, bob, cid, dan] = ['ann', 'bob', 'cid', 'dan'] as UserId[] as [UserId, UserId, UserId, UserId];

describe('the group service', () => {
  let stage: GroupStage;
  let service: RunningService;
  let groupId: GroupId;
  const names: string[] = [];

  beforeAll(async () => {
    stage = await GroupStage.open();
    service = await startGroup(stage.parts);
  });
  afterAll(async () => {
    await service.close();
    await stage.close();
  });
  beforeEach(() => {
    groupId = `g-${randomBytes(4).toString('hex')}` as GroupId;
    names.push(groupId);
  });

  function ask<Ask extends object, Reply>(question: Question<Ask, Reply>, payload: Ask): Promise<Reply> {
    return stage.bus.ask(question, groupId, payload);
  }
  function refusal(work: Promise<unknown>): Promise<Pick<AppError, 'code' | 'detail'>> {
    return work.then(
      (answer) => Promise.reject(new Error(`was answered: ${JSON.stringify(answer)}`)),
      (error: unknown) => error as AppError,
    );
  }
  const create = (memberIds: UserId[] = [], more: Partial<Group> = {}) =>
    ask(GROUP_QUESTIONS.create, { actorId: ann, groupId, memberIds, ...more });
  const members = async (actorId = ann) =>
    (await ask(GROUP_QUESTIONS.listMembers, { groupId, actorId, limit: 100 })).items.map(({ userId, role }) => `${userId} ${role}`);
  const commands = () =>
    stage.commands
      .filter(({ conversationId }) => conversationId === groupConversation(groupId))
      .map(({ type, userIds, history }) => [type, ...userIds, ...(history ? [history] : [])].join(' '));

  describe('creating', () => {
    it('makes the actor the owner and the others members, with open windows', async () => {
      const group = await create([bob, cid, bob, ann], { name: 'Team' });
      expect(group).toMatchObject({ groupId, name: 'Team', ownerId: ann, memberCount: 3, status: 'active', version: 1, history: 'join' });
      expect(await members()).toEqual(['ann owner', 'bob member', 'cid member']);
      expect(commands()).toEqual(['windows.open ann bob cid all']);
      expect((await stage.eventOf(groupId, 1)).group).toEqual(group);
    });

    it('takes an owner and a hundred members, in two commands', async () => {
      const userIds = Array.from({ length: 100 }, (_, n) => `u${n}` as UserId);
      expect(await create(userIds)).toMatchObject({ memberCount: 101 });
      expect(stage.windowsOf(groupConversation(groupId))).toHaveLength(101);
      expect(commands()).toHaveLength(2);
    });

    it('returns the group when its owner repeats it, and refuses the id to others', async () => {
      const group = await create([bob]);
      expect(await create([bob, cid])).toEqual(group);
      expect(await refusal(ask(GROUP_QUESTIONS.create, { actorId: bob, groupId }))).toMatchObject({ code: 'group_exists' });
      expect(commands()).toHaveLength(1);
    });

    it('makes an id when none is given', async () => {
      const { groupId: made } = await ask(GROUP_QUESTIONS.create, { actorId: ann });
      expect(made).toMatch(/^[0-9A-Z]{26}$/);
    });

    it('names the members that do not exist, and makes nothing', async () => {
      const unknown = ['ghost1', 'ghost2'] as UserId[];
      expect(await refusal(create([bob, ...unknown]))).toMatchObject({ code: 'user_not_found', detail: 'no such user: ghost1, ghost2' });
      expect(await refusal(ask(GROUP_QUESTIONS.get, { actorId: ann, groupId }))).toMatchObject({ code: 'group_not_found' });
    });
  });

  describe('joining and leaving', () => {
    it('opens a window by the history rule of the moment, and closes it', async () => {
      await create();
      expect(await ask(GROUP_QUESTIONS.join, { groupId, actorId: bob })).toMatchObject({ userId: bob, role: 'member' });
      await ask(GROUP_QUESTIONS.leave, { groupId, actorId: bob });
      await ask(GROUP_QUESTIONS.update, { groupId, actorId: ann, history: 'all' });
      await ask(GROUP_QUESTIONS.join, { groupId, actorId: bob });
      expect(commands().slice(1)).toEqual(['windows.open bob join', 'windows.close bob', 'windows.open bob all']);
      expect(await ask(GROUP_QUESTIONS.get, { groupId, actorId: dan })).toMatchObject({ memberCount: 2, version: 5 });
    });

    it('changes nothing when a member joins again', async () => {
      await create([bob]);
      const before = await ask(GROUP_QUESTIONS.get, { groupId, actorId: ann });
      expect(await ask(GROUP_QUESTIONS.join, { groupId, actorId: bob })).toMatchObject({ userId: bob, invitedBy: ann });
      expect(await ask(GROUP_QUESTIONS.join, { groupId, actorId: ann })).toMatchObject({ role: 'owner' });
      expect(await ask(GROUP_QUESTIONS.get, { groupId, actorId: ann })).toEqual(before);
    });

    it('lets whoever left repeat it, and nobody else', async () => {
      await create([bob, cid]);
      await ask(GROUP_QUESTIONS.leave, { groupId, actorId: bob });
      expect(await ask(GROUP_QUESTIONS.leave, { groupId, actorId: bob })).toEqual({});
      await ask(GROUP_QUESTIONS.kick, { groupId, actorId: ann, userId: cid });
      for (const actorId of [cid, dan]) {
        expect(await refusal(ask(GROUP_QUESTIONS.leave, { groupId, actorId }))).toMatchObject({
          code: 'not_a_member',
          detail: `${actorId} is not a member of group ${groupId}`,
        });
      }
      expect(commands().slice(1)).toEqual(['windows.close bob', 'windows.close cid']);
    });

    it('keeps the owner', async () => {
      await create([bob]);
      expect(await refusal(ask(GROUP_QUESTIONS.leave, { groupId, actorId: ann }))).toMatchObject({ code: 'owner_cannot_leave' });
      expect(await members()).toEqual(['ann owner', 'bob member']);
    });

    it('stops at the limit, for one and for many', async () => {
      await create([bob]);
      await stage.database.db
        .collection<{ _id: string }>('group')
        .updateOne({ _id: groupId }, { $set: { member_count: LIMITS.maxGroupMembers - 1 } });
      const both = { groupId, actorId: ann, userIds: [cid, dan] };
      expect(await refusal(ask(GROUP_QUESTIONS.invite, both))).toMatchObject({ code: 'group_full' });
      await ask(GROUP_QUESTIONS.join, { groupId, actorId: cid });
      expect(await refusal(ask(GROUP_QUESTIONS.join, { groupId, actorId: dan }))).toMatchObject({ code: 'group_full' });
      expect(await ask(GROUP_QUESTIONS.join, { groupId, actorId: cid })).toMatchObject({ userId: cid });
      expect(await members()).toEqual(['ann owner', 'bob member', 'cid member']);
    });

    it('names the group that does not exist', async () => {
      const by = { groupId, actorId: ann };
      const { join, leave, dismiss, get, update } = GROUP_QUESTIONS;
      for (const asked of [ask(join, by), ask(leave, by), ask(dismiss, by), ask(get, by), ask(update, by)]) {
        expect(await refusal(asked)).toMatchObject({ code: 'group_not_found', detail: `there is no group ${groupId}` });
      }
    });

    it('answers only when the message service has answered', async () => {
      await create();
      stage.holdAnswers();
      let answered = false;
      const joining = ask(GROUP_QUESTIONS.join, { groupId, actorId: bob }).finally(() => (answered = true));
      await waitFor(() => commands().at(-1) === 'windows.open bob join', { what: 'the command in the log', withinMs: 4000 });
      // Another question goes there and back meanwhile (under another key: one key's questions wait for one another).
      expect(await stage.bus.ask(GROUP_QUESTIONS.get, bob, { groupId, actorId: ann })).toMatchObject({ memberCount: 2 });
      expect(answered).toBe(false);
      await stage.releaseAnswers();
      expect(await joining).toMatchObject({ userId: bob });
    });
  });

  describe('inviting and kicking', () => {
    it('answers the member that each is now, and opens windows for the new ones alone', async () => {
      await create([bob]);
      const answer = await ask(GROUP_QUESTIONS.invite, { groupId, actorId: bob, userIds: [cid, ann, dan, cid] });
      expect(answer.map(({ userId, role, invitedBy }) => [userId, role, invitedBy])).toEqual([
        [cid, 'member', bob],
        [ann, 'owner', undefined],
        [dan, 'member', bob],
      ]);
      expect(await ask(GROUP_QUESTIONS.invite, { groupId, actorId: bob, userIds: [dan, cid] })).toHaveLength(2);
      expect(commands().slice(1)).toEqual(['windows.open cid dan join']);
    });

    it('invites all or none', async () => {
      await create();
      const userIds = [bob, 'ghost' as UserId];
      expect(await refusal(ask(GROUP_QUESTIONS.invite, { groupId, actorId: ann, userIds }))).toMatchObject({
        code: 'user_not_found',
        detail: 'no such user: ghost',
      });
      expect(await refusal(ask(GROUP_QUESTIONS.invite, { groupId, actorId: cid, userIds: [bob] }))).toMatchObject({ code: 'not_a_member' });
      expect(await members()).toEqual(['ann owner']);
    });

    it('takes back one who was kicked, as the member that he becomes now', async () => {
      await create([bob]);
      await ask(GROUP_QUESTIONS.setRole, { groupId, actorId: ann, userId: bob, role: 'admin' });
      await ask(GROUP_QUESTIONS.kick, { groupId, actorId: ann, userId: bob });
      await ask(GROUP_QUESTIONS.invite, { groupId, actorId: ann, userIds: [bob] });
      expect(await members()).toEqual(['ann owner', 'bob member']);
      await ask(GROUP_QUESTIONS.kick, { groupId, actorId: ann, userId: bob });
      expect(await ask(GROUP_QUESTIONS.join, { groupId, actorId: bob })).not.toHaveProperty('invitedBy');
    });

    it('goes by roles, and may be repeated by whoever kicked', async () => {
      await create([bob, cid, dan]);
      for (const userId of [bob, cid]) await ask(GROUP_QUESTIONS.setRole, { groupId, actorId: ann, userId, role: 'admin' });
      expect(await refusal(ask(GROUP_QUESTIONS.kick, { groupId, actorId: bob, userId: cid }))).toMatchObject({ code: 'forbidden' });
      await ask(GROUP_QUESTIONS.kick, { groupId, actorId: bob, userId: dan });
      expect(await ask(GROUP_QUESTIONS.kick, { groupId, actorId: bob, userId: dan })).toEqual({});
      expect(await refusal(ask(GROUP_QUESTIONS.kick, { groupId, actorId: ann, userId: dan }))).toMatchObject({
        code: 'not_a_member',
        detail: `dan is not a member of group ${groupId}`,
      });
      expect(commands().filter((command) => command.startsWith(MESSAGE_COMMAND.closeWindows))).toEqual(['windows.close dan']);
    });
  });

  describe('ruling', () => {
    it('transfers to a member, and lets the old owner repeat it', async () => {
      await create([bob]);
      const group = await ask(GROUP_QUESTIONS.transfer, { groupId, actorId: ann, userId: bob });
      expect(group).toMatchObject({ ownerId: bob, version: 2 });
      expect(await ask(GROUP_QUESTIONS.transfer, { groupId, actorId: ann, userId: bob })).toEqual(group);
      expect(await members()).toEqual(['ann admin', 'bob owner']);
      expect(await refusal(ask(GROUP_QUESTIONS.transfer, { groupId, actorId: ann, userId: ann }))).toMatchObject({ code: 'forbidden' });
      expect(await refusal(ask(GROUP_QUESTIONS.transfer, { groupId, actorId: bob, userId: dan }))).toMatchObject({ code: 'not_a_member' });
    });

    it('changes the fields that are named, for owner and admins', async () => {
      await create([bob], { name: 'a', ex: 'x' });
      expect(await ask(GROUP_QUESTIONS.update, { groupId, actorId: ann, name: 'b' })).toMatchObject({ name: 'b', ex: 'x', version: 2 });
      expect(await refusal(ask(GROUP_QUESTIONS.update, { groupId, actorId: bob, name: 'c' }))).toMatchObject({ code: 'forbidden' });
      expect(await stage.eventOf(groupId, 2)).toMatchObject({ group: { name: 'b' } });
    });

    it('sets a role, and nothing when it is that role already', async () => {
      await create([bob]);
      const before = await ask(GROUP_QUESTIONS.setRole, { groupId, actorId: ann, userId: bob, role: 'admin' });
      expect(before).toMatchObject({ userId: bob, role: 'admin' } satisfies Partial<GroupMember>);
      expect(await ask(GROUP_QUESTIONS.setRole, { groupId, actorId: ann, userId: bob, role: 'admin' })).toEqual(before);
      expect(await ask(GROUP_QUESTIONS.get, { groupId, actorId: dan })).toMatchObject({ version: 2 });
    });

    it('refuses everything in a dismissed group but reading what it was', async () => {
      await create([bob]);
      expect(await refusal(ask(GROUP_QUESTIONS.dismiss, { groupId, actorId: bob }))).toMatchObject({ code: 'forbidden' });
      const group = await ask(GROUP_QUESTIONS.dismiss, { groupId, actorId: ann });
      expect(group).toMatchObject({ status: 'dismissed', memberCount: 2 });
      expect(commands().at(-1)).toBe('conversation.dismiss');
      const asks: Promise<unknown>[] = [
        ask(GROUP_QUESTIONS.join, { groupId, actorId: cid }),
        ask(GROUP_QUESTIONS.join, { groupId, actorId: bob }),
        ask(GROUP_QUESTIONS.leave, { groupId, actorId: bob }),
        ask(GROUP_QUESTIONS.leave, { groupId, actorId: cid }),
        ask(GROUP_QUESTIONS.invite, { groupId, actorId: ann, userIds: [cid] }),
        ask(GROUP_QUESTIONS.kick, { groupId, actorId: ann, userId: bob }),
        ask(GROUP_QUESTIONS.update, { groupId, actorId: ann, name: 'n' }),
        ask(GROUP_QUESTIONS.transfer, { groupId, actorId: ann, userId: bob }),
        ask(GROUP_QUESTIONS.setRole, { groupId, actorId: ann, userId: bob, role: 'admin' }),
        ask(GROUP_QUESTIONS.dismiss, { groupId, actorId: bob }),
        ask(GROUP_QUESTIONS.listMembers, { groupId, actorId: ann, limit: 10 }),
      ];
      for (const asked of asks) expect(await refusal(asked)).toMatchObject({ code: 'group_dismissed' });
      expect(await ask(GROUP_QUESTIONS.get, { groupId, actorId: dan })).toEqual(group);
      expect(await ask(GROUP_QUESTIONS.dismiss, { groupId, actorId: ann })).toEqual(group);
      expect(await ask(GROUP_QUESTIONS.create, { groupId, actorId: ann })).toEqual(group);
    });
  });

  describe('listing', () => {
    it('shows the members in pages, to members only', async () => {
      await create([bob, cid, dan]);
      const first = await ask(GROUP_QUESTIONS.listMembers, { groupId, actorId: bob, limit: 3 });
      expect(first.items.map(({ userId }) => userId)).toEqual([ann, bob, cid]);
      const second = await ask(GROUP_QUESTIONS.listMembers, { groupId, actorId: bob, limit: 3, cursor: first.nextCursor! });
      expect(second).toMatchObject({ items: [{ userId: dan }], nextCursor: null });
      expect(await refusal(members('eve' as UserId))).toMatchObject({ code: 'not_a_member' });
      const wrong = { groupId, actorId: bob, limit: 3, cursor: 'x' };
      expect(await refusal(ask(GROUP_QUESTIONS.listMembers, wrong))).toMatchObject({ code: 'invalid_cursor' });
    });

    it('shows a user his groups in pages, without those that he left', async () => {
      const me = `me-${groupId}` as UserId;
      const ids = ['a', 'b', 'c', 'd'].map((suffix) => `${groupId}.${suffix}` as GroupId);
      for (const id of ids) await ask(GROUP_QUESTIONS.create, { actorId: me, groupId: id });
      await ask(GROUP_QUESTIONS.transfer, { groupId: ids[0]!, actorId: me, userId: bob }).catch(() => undefined);
      await create([me]);
      await ask(GROUP_QUESTIONS.leave, { groupId, actorId: me });
      const first = await ask(GROUP_QUESTIONS.listJoined, { userId: me, limit: 3 });
      const second = await ask(GROUP_QUESTIONS.listJoined, { userId: me, limit: 3, cursor: first.nextCursor! });
      expect([...first.items, ...second.items].map((group) => group.groupId)).toEqual(ids);
      expect(second.nextCursor).toBeNull();
    });
  });
});
