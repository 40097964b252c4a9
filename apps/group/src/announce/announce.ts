import { newId } from '#kernel';
import {
  CHANGE_EVENT,
  LIMITS,
  MESSAGE_COMMAND,
  partitionKey,
  TOPIC,
  type CloseWindows,
  type DismissConversation,
  type Group,
  type GroupChanged,
  type HistoryRule,
  type OpenWindows,
  type UserId,
} from '#contracts';
import type { OutboxEntry } from '#outbox';

/** A command to the message service that a change of a group brings about. */
export type GroupCommand =
  | { type: typeof MESSAGE_COMMAND.openWindows; payload: Omit<OpenWindows, 'commandId'> }
  | { type: typeof MESSAGE_COMMAND.closeWindows; payload: Omit<CloseWindows, 'commandId'> }
  | { type: typeof MESSAGE_COMMAND.dismiss; payload: Omit<DismissConversation, 'commandId'> };

/** As many commands as these users need. */
export function openWindows({ conversationId }: Group, users: readonly UserId[], history: HistoryRule): GroupCommand[] {
  const commands: GroupCommand[] = [];
  for (let from = 0; from < users.length; from += LIMITS.maxBatchItems) {
    const userIds = users.slice(from, from + LIMITS.maxBatchItems);
    commands.push({ type: MESSAGE_COMMAND.openWindows, payload: { conversationId, userIds, history } });
  }
  return commands;
}

export function closeWindow({ conversationId }: Group, userId: UserId): GroupCommand {
  return { type: MESSAGE_COMMAND.closeWindows, payload: { conversationId, userIds: [userId] } };
}

export function dismissConversation({ conversationId }: Group): GroupCommand {
  return { type: MESSAGE_COMMAND.dismiss, payload: { conversationId } };
}

/**
 * The outbox entries of a change of who is a member: its commands in their order. There is no event, since the windows that open and
 * close in the message service's log are it, and a member who comes or goes changes nothing else that others keep of a group.
 */
export function order(group: Group, commands: readonly GroupCommand[]): OutboxEntry[] {
  const key = partitionKey(group.conversationId);
  return commands.map(({ type, payload }, part): OutboxEntry => {
    const id = newId();
    const place = { entity: group.groupId, version: group.version, part };
    return { id, ...place, topic: TOPIC.send, key, type, payload: { commandId: id, ...payload }, awaitsAnswer: true };
  });
}

/** The outbox entries of a change of the group itself: its commands, then the event that shows the group as it is now. */
export function announce(group: Group, commands: readonly GroupCommand[] = []): OutboxEntry[] {
  const { groupId, version } = group;
  const payload: GroupChanged = { version, groupId, group };
  const place = { entity: groupId, version, part: commands.length };
  const event = { topic: TOPIC.groupChanged, key: groupId, type: CHANGE_EVENT.groupChanged, payload };
  return [...order(group, commands), { id: newId(), ...place, ...event, awaitsAnswer: false }];
}
