import type { Brand } from '#kernel';
import { isGroupId, isUserId, type GroupId, type UserId } from './user-id.js';

/** `si_A_B` (two users, sorted), `sg_G` (a group), `n_…` (the notification log beside one of them), `sn_…` (system). */
export type ConversationId = Brand<string, 'ConversationId'>;

export type ParsedConversation =
  | { kind: 'direct'; members: [UserId, UserId] }
  | { kind: 'group'; groupId: GroupId }
  | { kind: 'notification'; of: { kind: 'direct'; members: [UserId, UserId] } | { kind: 'group'; groupId: GroupId } }
  | { kind: 'system'; to: 'all' | UserId };

/** The log of two users (or of one with themselves), the same whichever of them is named first. */
export function directConversation(a: UserId, b: UserId): ConversationId {
  return `si_${sortedPair(a, b)}` as ConversationId;
}

export function groupConversation(group: GroupId): ConversationId {
  return `sg_${group}` as ConversationId;
}

/** The notification log beside a direct or group conversation. */
export function notificationLog(conversation: ConversationId): ConversationId {
  return `n_${conversation.slice(3)}` as ConversationId;
}

/** `undefined` for what is no conversation id; `g_…` (OpenIM's obsolete groups) is none. */
export function parseConversationId(text: string): ParsedConversation | undefined {
  const underscore = text.indexOf('_');
  const rest = text.slice(underscore + 1);
  switch (text.slice(0, underscore)) {
    case 'si':
      return parseDirect(rest);
    case 'sg':
      return isGroupId(rest) ? { kind: 'group', groupId: rest } : undefined;
    case 'n':
      return parseNotification(rest);
    case 'sn':
      return parseSystem(rest);
    default:
      return undefined;
  }
}

export function isConversationId(text: string): text is ConversationId {
  return parseConversationId(text) !== undefined;
}

/** The key of a conversation's records in the logs: `n_X` goes with `X`, so that both share one order. */
export function partitionKey(conversation: ConversationId): string {
  if (!conversation.startsWith('n_')) return conversation;
  const rest = conversation.slice(2);
  return rest.includes('_') ? `si_${rest}` : `sg_${rest}`;
}

function parseDirect(rest: string): Extract<ParsedConversation, { kind: 'direct' }> | undefined {
  const parts = rest.split('_');
  if (parts.length !== 2) return undefined;
  const a = unescapeUser(parts[0] ?? '');
  const b = unescapeUser(parts[1] ?? '');
  if (a === undefined || b === undefined || sortedPair(a, b) !== rest) return undefined;
  return { kind: 'direct', members: [a, b] };
}

function parseNotification(rest: string): ParsedConversation | undefined {
  const of = isGroupId(rest) ? ({ kind: 'group', groupId: rest } as const) : parseDirect(rest);
  return of && { kind: 'notification', of };
}

function parseSystem(rest: string): ParsedConversation | undefined {
  if (rest === 'all') return { kind: 'system', to: 'all' };
  const user = unescapeUser(rest);
  return user && { kind: 'system', to: user };
}

function sortedPair(a: UserId, b: UserId): string {
  const [x, y] = [escapeUser(a), escapeUser(b)];
  return x <= y ? `${x}_${y}` : `${y}_${x}`;
}

function escapeUser(user: UserId): string {
  return user.replaceAll('~', '~0').replaceAll('_', '~1');
}

function unescapeUser(text: string): UserId | undefined {
  if (/~(?![01])/.test(text)) return undefined;
  const user = text.replaceAll('~1', '_').replaceAll('~0', '~');
  return isUserId(user) ? user : undefined;
}
