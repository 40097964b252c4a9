import type { GroupDocument, GroupMemberDocument, JoinedGroupDocument } from '../../../../group/src/store/group.document.js';
import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import type { Finding } from '../finding.js';
import { finding } from './conversation-page.js';

/**
 * While commands of a group wait in the outbox, its windows follow its members: they, and whether the conversation is dismissed, may
 * differ. Read in one moment with the outbox, they may not otherwise.
 */
export type Outbox = 'waiting' | 'empty';

/** Active members have an open window. */
export function checkMembers(
  members: readonly GroupMemberDocument[],
  windows: ReadonlyMap<string, UserWindowDocument>,
  outbox: Outbox,
): Finding[] {
  if (outbox === 'waiting') return [];
  return members.flatMap(({ _id, user_id, group_id }) => {
    const window = windows.get(`${user_id}|sg_${group_id}`);
    if (window && !window.closed) return [];
    const detail = `${user_id} is a member of ${group_id}, but his window is ${window ? 'closed' : 'not there'}`;
    return [finding('members', [`group_member ${_id}`, `seq_user ${user_id}|sg_${group_id}`], detail)];
  });
}

/** Open windows of groups are those of active members. */
export function checkMembership(window: UserWindowDocument, member: GroupMemberDocument | undefined, outbox: Outbox): Finding[] {
  if (window.closed || member?.active || outbox === 'waiting') return [];
  const { user_id, conversation_id } = window;
  const group = conversation_id.slice('sg_'.length);
  const detail = `${user_id} has an open window of ${conversation_id}, but is no member`;
  return [finding('members', [`seq_user ${window._id}`, `group_member ${group}|${user_id}`], detail)];
}

/** Active members have the group in their lists, former ones don't: both are written in one transaction, so no outbox excuses a difference. */
export function checkLists(members: readonly GroupMemberDocument[], listed: ReadonlySet<string>): Finding[] {
  return members.flatMap(({ _id, user_id, group_id, active }) => {
    const entry = `${user_id}|${group_id}`;
    if (active === listed.has(entry)) return [];
    const detail = active
      ? `${user_id} is a member of ${group_id}, which his list of groups lacks`
      : `${user_id} is no member of ${group_id} any more, and has it in his list of groups`;
    return [finding('members', [`group_member ${_id}`, `joined_group ${entry}`], detail)];
  });
}

/** Entries of lists whose users the group has forgotten, or never had; those it remembers are looked at with it. */
export function checkListed(entries: readonly JoinedGroupDocument[], remembered: ReadonlySet<string>): Finding[] {
  return entries.flatMap(({ _id, user_id, group_id }) => {
    const member = `${group_id}|${user_id}`;
    if (remembered.has(member)) return [];
    const detail = `${user_id} is no member of ${group_id}, and has it in his list of groups`;
    return [finding('members', [`joined_group ${_id}`, `group_member ${member}`], detail)];
  });
}

export interface GroupFacts {
  /** Active ones. */
  members: number;
  owners: readonly string[];
  seq: SeqDocument | undefined;
  outbox: Outbox;
}

/** What a group says of itself, against its members and its conversation. */
export function checkGroup(
  { _id, member_count, owner_id, status }: GroupDocument,
  { members, owners, seq, outbox }: GroupFacts,
): Finding[] {
  const findings: Finding[] = [];
  const say = (detail: string, ...others: string[]) => findings.push(finding('members', [`group ${_id}`, ...others], detail));
  if (member_count !== members) say(`member_count is ${member_count}, it has ${members} active members`);
  if (owners.join() !== owner_id) say(`owner_id is ${owner_id}, the members with that role are: ${owners.join(', ') || 'none'}`);
  if (outbox === 'waiting') return findings;
  if (!seq) say('its conversation is missing', `seq sg_${_id}`);
  else if ((status === 'dismissed') !== (seq.dismissed === true)) {
    say(`it is ${status}, its conversation is ${seq.dismissed ? '' : 'not '}dismissed`, `seq sg_${_id}`);
  }
  return findings;
}
