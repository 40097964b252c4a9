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

/** The outbox entries of one change: its commands in their order, then the event that shows the group as it is now. */
export function announce(group: Group, commands: readonly GroupCommand[] = []): OutboxEntry[] {
  const entity = group.groupId;
  const { version } = group;
  const ruled = commands.map(({ type, payload }, part): OutboxEntry => {
    const id = newId();
    const key = partitionKey(group.conversationId);
    return { id, entity, version, part, topic: TOPIC.send, key, type, payload: { commandId: id, ...payload }, awaitsAnswer: true };
  });
  const payload: GroupChanged = { version, groupId: group.groupId, group };
  const event = { topic: TOPIC.groupChanged, key: group.groupId, type: CHANGE_EVENT.groupChanged, payload };
  return [...ruled, { id: newId(), entity, version, part: commands.length, ...event, awaitsAnswer: false }];
}
