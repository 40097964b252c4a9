import { MESSAGE_COMMAND, type ConversationId, type UserId } from '#contracts';
import { SeqRepository } from '../store/seq.repository.js';
import { UserWindowRepository } from '../store/user-window.repository.js';
import { openWorld, team, type World } from '../train/message-world.suite.js';
import { ConversationStatesService } from './conversation-states.service.js';

const [alice, bob] = ['alice', 'bob'] as [UserId, UserId];

/** Something happens between what was read before the numbers and the numbers. */
class InterruptedSeqs extends SeqRepository {
  interruption: () => Promise<unknown> = () => Promise.resolve();

  override async load(ids: readonly ConversationId[]) {
    await this.interruption();
    return super.load(ids);
  }
}

describe('the states of a user who is kicked while they are read', () => {
  let world: World;
  let seqs: InterruptedSeqs;
  let states: ConversationStatesService;

  beforeEach(async () => {
    world = await openWorld();
    await world.addOwner();
    seqs = new InterruptedSeqs(world.database);
    states = new ConversationStatesService(new UserWindowRepository(world.database), seqs);
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice, bob], history: 'join' });
    await world.send(alice, 'before');
    seqs.interruption = async () => {
      seqs.interruption = () => Promise.resolve();
      await world.rule(MESSAGE_COMMAND.closeWindows, { userIds: [bob] });
      await world.send(alice, 'after');
    };
  });
  afterEach(() => world.close());

  it('do not list the conversation', async () => {
    expect(await states.list({ userId: bob })).toEqual({ items: [], next: null });
  });

  it('are not answered', async () => {
    expect(await states.get({ userId: bob, conversationIds: [team] })).toEqual([]);
  });

  it('say that the window is closed, and nothing of what came after', async () => {
    const [window] = (await states.listWindows({ userId: bob })).items;
    expect(window).toMatchObject({ conversationId: team, open: false });
    expect(window!.maxSeq).toBeLessThan(window!.minSeq);
  });
});
