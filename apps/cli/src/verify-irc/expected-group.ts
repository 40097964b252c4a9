import type { UserId } from '#contracts';
import type { ChannelLog, SendStep } from '../irc/channel-log.js';

/** What a group must be once its file is imported: a function of the file alone. */
export interface ExpectedGroup {
  /** The message of seq n lies at n − 1. */
  messages: readonly SendStep[];
  /** Of everyone who is in at the end: the first seq that he reads. */
  windows: ReadonlyMap<UserId, number>;
  /** Who was in and is out. */
  gone: readonly UserId[];
}

export function expectedGroup({ steps, nicknames }: ChannelLog, owner: UserId): ExpectedGroup {
  const messages: SendStep[] = [];
  const windows = new Map<UserId, number>([[owner, 1]]);
  for (const step of steps) {
    if (step.kind === 'send') messages.push(step);
    else if (step.kind === 'join') windows.set(step.userId, messages.length + 1);
    else windows.delete(step.userId);
  }
  return { messages, windows, gone: [...nicknames.keys()].filter((userId) => !windows.has(userId)) };
}
