import { randomBytes } from 'node:crypto';
import { GROUP_QUESTIONS, groupConversation, TOPIC, type GroupId, type UserId } from '#contracts';
import type { RunningService } from '#runtime';
import { GroupStage } from './group-stage.suite.js';
import { startGroup } from './start-group.js';

const [ann, bob] = ['ann', 'bob'] as UserId[] as [UserId, UserId];

describe('a command that is repeated after its answer was lost', () => {
  let stage: GroupStage;
  let service: RunningService;
  let groupId: GroupId;

  beforeEach(async () => {
    stage = await GroupStage.open();
    service = await startGroup(stage.parts);
    groupId = `g-${randomBytes(4).toString('hex')}` as GroupId;
    await stage.bus.ask(GROUP_QUESTIONS.create, groupId, { groupId, actorId: ann });
  });
  afterEach(async () => {
    await service.close();
    await stage.close();
  });

  const join = () => stage.bus.ask(GROUP_QUESTIONS.join, groupId, { groupId, actorId: bob });
  const leave = () => stage.bus.ask(GROUP_QUESTIONS.leave, groupId, { groupId, actorId: bob });
  const windows = () => stage.windowsOf(groupConversation(groupId));
  const waiting = () => stage.database.db.collection('group_outbox').countDocuments({ awaits_answer: true });

  /** What a kill between the commit and the append leaves: the change, and its entries in the outbox. */
  async function killBeforeTheAppend(work: () => Promise<unknown>): Promise<void> {
    stage.hooks.append = (topic) => (topic === TOPIC.send ? 'refuse' : 'do');
    await expect(work()).rejects.toMatchObject({ code: 'unavailable' });
    await service.close();
    delete stage.hooks.append;
    expect(await waiting()).toBe(1);
    service = await startGroup(stage.parts);
  }

  it('waits for the rule of a join that was committed before a kill', async () => {
    await killBeforeTheAppend(join);
    expect(windows()).toEqual([ann]);
    expect(await join()).toMatchObject({ userId: bob });
    expect(windows()).toEqual([ann, bob]);
    expect(stage.commands).toHaveLength(2);
  });

  it('waits for the rule of a leave that was committed before a kill', async () => {
    await join();
    await killBeforeTheAppend(leave);
    expect(windows()).toEqual([ann, bob]);
    expect(await leave()).toEqual({});
    expect(windows()).toEqual([ann]);
    expect(stage.commands).toHaveLength(3);
  });

  it('waits for the windows of a group that was created before a kill', async () => {
    groupId = `${groupId}-2` as GroupId;
    const create = () => stage.bus.ask(GROUP_QUESTIONS.create, groupId, { groupId, actorId: ann, memberIds: [bob] });
    await killBeforeTheAppend(create);
    expect(windows()).toEqual([]);
    expect(await create()).toMatchObject({ groupId, memberCount: 2, version: 1 });
    expect(windows()).toEqual([ann, bob]);
  });

  it('succeeds when only the answer to the append was lost', async () => {
    let lost = 0;
    stage.hooks.append = (topic) => (topic === TOPIC.send && lost++ === 0 ? 'loseAnswer' : 'do');
    await expect(join()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await join()).toMatchObject({ userId: bob });
    expect(windows()).toEqual([ann, bob]);
    // The same command twice in the log, under one id.
    expect(stage.commands).toHaveLength(2);
  });
});
