import { groupConversation, type HistoryAnswer, type MessageView, type Seq, type UserId } from '#contracts';
import { contentOf } from '../import-irc/message-content.js';
import { LOG_USER, type SendStep } from '../irc/channel-log.js';
import { compileLog } from '../irc/compile-log.js';
import { namesOfFile } from '../irc/file-names.js';
import { expectedGroup } from './expected-group.js';
import type { GroupReader } from './group-reader.js';
import { verifyLog } from './verify-log.js';

const LOG = compileLog(
  namesOfFile('2004-12-25.log'),
  ['[03:41] <a> 1', '=== b has joined #ubuntu', '[03:41] <b> 2', '=== a is now known as c', '[03:42] <b> 3', '=== d has joined #ubuntu'],
  '#ubuntu',
);

const view = (step: SendStep, index: number): MessageView => ({
  conversationId: groupConversation(LOG.groupId),
  seq: (index + 1) as Seq,
  messageId: `m${index}`,
  clientMsgId: step.clientMsgId,
  sessionType: 'group',
  senderId: step.userId,
  senderNickname: step.userId,
  senderAvatar: '',
  type: 'text',
  content: contentOf(step),
  sentAt: step.createdAt,
  createdAt: step.createdAt,
  status: 'sent',
});

/** A group as it should be; a test spoils it. */
class FakeGroup implements Pick<GroupReader, keyof GroupReader> {
  readonly expected = expectedGroup(LOG, LOG_USER);
  messages = this.expected.messages.map(view);
  windows = new Map<UserId, number>(this.expected.windows);

  all(as: UserId): Promise<MessageView[]> {
    return Promise.resolve(this.messages.slice((this.windows.get(as) ?? 1) - 1));
  }

  async page(query: string, as: UserId): Promise<HistoryAnswer> {
    const toSeq = Number(/toSeq=(\d+)/.exec(query)?.[1] ?? Infinity);
    const visible = (await this.all(as)).filter(({ seq }) => seq <= toSeq);
    const items = query === 'limit=1' ? visible.slice(-1) : visible;
    return { items, minSeq: (this.windows.get(as) ?? 1) as Seq, maxSeq: this.messages.length as Seq, complete: true };
  }

  refusal(as: UserId): Promise<string | undefined> {
    return Promise.resolve(this.windows.has(as) ? undefined : 'not_a_member');
  }

  members(): Promise<UserId[]> {
    return Promise.resolve([...this.windows.keys()]);
  }
}

async function verify(spoil: (group: FakeGroup) => void): Promise<string[]> {
  const group = new FakeGroup();
  spoil(group);
  return (await verifyLog(LOG, group as unknown as GroupReader, (work) => work())).differences;
}

const alice = 'a' as UserId;
const bob = 'b' as UserId;

describe('verifying a log', () => {
  it('finds nothing to say of a group that is as its file', async () => {
    expect(await verify(() => undefined)).toEqual([]);
  });

  it.each<[string, (group: FakeGroup) => void, string]>([
    [
      'a text',
      ({ messages }) => (messages[1]!.content = { text: 'two' }),
      'as irc~log: line 3 (seq 2): content is {"text":"two"} instead of {"text":"2"}',
    ],
    ['an author', ({ messages }) => (messages[0]!.senderId = bob), 'as irc~log: line 1 (seq 1): author is "b" instead of "a"'],
    [
      'the order',
      (group) => (group.messages = [1, 0, 2].map((at, index) => Object.assign({}, group.messages[at], { seq: (index + 1) as Seq }))),
      'as irc~log: line 1 (seq 1): message id is "2004-12-25:3" instead of "2004-12-25:1"',
    ],
    ['a lost message', ({ messages }) => messages.pop(), 'as irc~log: 2 messages from seq 1 on instead of 3'],
    ['a doubled message', ({ messages }) => messages.push(messages[2]!), 'as irc~log: 4 messages from seq 1 on instead of 3'],
    ['a window that begins too early', ({ windows }) => windows.set(bob, 1), 'as b: the window begins at 1 instead of 2'],
    ['a window that begins too late', ({ windows }) => windows.set(bob, 3), 'as b: the window begins at 3 instead of 2'],
    ['someone who left and still reads', ({ windows }) => windows.set(alice, 1), 'a, who left, gets the messages instead of not_a_member'],
    ['a missing member', ({ windows }) => windows.delete(bob), 'b is no member'],
    ['a stranger', ({ windows }) => windows.set('x' as UserId, 4), 'x is a member'],
  ])('sees %s', async (_, spoil, difference) => {
    expect(await verify(spoil)).toContain(difference);
  });
});
