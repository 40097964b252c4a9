import pLimit from 'p-limit';
import type { Seq } from '#contracts';
import type { ChannelLog, MembershipStep } from '../irc/channel-log.js';
import type { Chat, Sent } from './chat.js';
import { byUser, stagesOf, type Stage } from './stages.js';

/** A group takes one after the other: more at once would only wait there, and the last of them past their deadline. */
const MAX_USERS_AT_ONCE = 8;

export interface ImportEvents {
  /** How many lines of the file are done, those of an earlier run included. */
  onProgress?: (lines: number) => void;
}

/**
 * Brings a log into a group, each line once and in order, also when this was begun before and killed anywhere.
 *
 * Nothing is remembered here: where to go on is read from the group. Its messages are a prefix of the file's, because they go over
 * one connection in order, and a batch leaves when all before it is answered. Say we find L to be the last. Then:
 *
 * - Every join and leave before L is done: it was answered before L was sent.
 * - Those between L and the next message may be done, in part or wholly. With no message in between, only each user's last one there
 *   matters: `settle` sees to it that whoever left last is out, and whoever joined last is in with a window that begins after L.
 *   What is so already is not touched. So if they had all been done and the batch behind them was on its way when we were killed, it
 *   may be stored while we look: nothing changes then, and no window moves behind it.
 * - Messages of that batch, sent again, get their first answer.
 * - A join or leave that was on its way is handled before `prepare` is: a group's questions are handled in the order in which they
 *   came, so nothing that we see afterwards is about to change by itself but for that batch.
 */
export async function importLog(log: ChannelLog, chat: Chat, { onProgress }: ImportEvents = {}): Promise<void> {
  await chat.prepare();
  const last = await chat.lastImported(log.messagePrefix);
  const [first, ...rest] = stagesOf(log.steps.slice(indexAfter(log, last)));
  const order = new OrderCheck(last?.seq);
  if (first?.kind === 'members') await allUsers(first.steps, chat, (own) => settle(own, last?.seq ?? (0 as Seq), chat));
  else if (first) await run(first, chat, order);
  for (const stage of rest) {
    onProgress?.((stage.steps[0]?.line ?? 1) - 1);
    await run(stage, chat, order);
  }
  onProgress?.(log.counts.lines);
}

async function run(stage: Stage, chat: Chat, order: OrderCheck): Promise<void> {
  if (stage.kind === 'messages') order.check(await chat.send(stage.steps));
  else {
    await allUsers(stage.steps, chat, async (own) => {
      for (const { kind, userId } of own) await chat[kind](userId);
    });
  }
}

/** What one user's joins and leaves after message `last` come to, however many of them are done already. */
async function settle(own: readonly MembershipStep[], last: Seq, chat: Chat): Promise<void> {
  const [first, final] = [own[0], own.at(-1)];
  if (!first || !final) return;
  const { userId } = final;
  if (final.kind === 'leave') return chat.leave(userId);
  if (first.kind === 'leave') {
    // He was in when `last` was stored: is the window that he has now a new one?
    const window = await chat.windowOf(userId);
    if (window !== undefined && window > last) return;
    await chat.leave(userId);
  }
  await chat.join(userId);
}

/**
 * Several users at once: with no message in between, nobody can tell in which order they came and went. Those who only come are
 * admitted together, which does nothing to whoever is in.
 */
async function allUsers(
  steps: readonly MembershipStep[],
  chat: Chat,
  work: (own: readonly MembershipStep[]) => Promise<void>,
): Promise<void> {
  const users = byUser(steps);
  const comers = users.filter((own) => own.every(({ kind }) => kind === 'join'));
  const together = comers.length > 1 ? comers : [];
  if (together.length > 0) await chat.admit(together.flatMap(([first]) => first?.userId ?? []));
  await pLimit(MAX_USERS_AT_ONCE).map(
    users.filter((own) => !together.includes(own)),
    work,
  );
}

/** The place behind the message that was stored last. */
function indexAfter({ steps, file, groupId }: ChannelLog, last: Sent | undefined): number {
  if (last === undefined) return 0;
  const index = steps.findIndex((step) => step.kind === 'send' && step.clientMsgId === last.clientMsgId);
  if (index < 0) throw new Error(`group ${groupId} holds the message ${last.clientMsgId}, which ${file} does not: it is of another file`);
  return index + 1;
}

/** What was promised is checked: a message never comes before one of an earlier line. */
class OrderCheck {
  constructor(private last: Seq = 0 as Seq) {}

  check(sent: readonly Sent[]): void {
    for (const { clientMsgId, seq } of sent) {
      if (seq <= this.last) throw new Error(`${clientMsgId} was stored at ${seq}, before a line that precedes it (${this.last})`);
      this.last = seq;
    }
  }
}
