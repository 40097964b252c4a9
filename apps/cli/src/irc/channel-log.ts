import type { ClientMsgId, GroupId, UserId } from '#contracts';
import type { Manner } from './parse-line.js';

export type { Manner };

/** A line that becomes a message. */
export interface SendStep {
  kind: 'send';
  /** In the file, from 1. */
  line: number;
  clientMsgId: ClientMsgId;
  userId: UserId;
  manner: Manner;
  text: string;
  /** RFC 3339: the day of the file's name and the time of the line. */
  createdAt: string;
}

export interface MembershipStep {
  kind: 'join' | 'leave';
  line: number;
  userId: UserId;
}

/** What importing a file does, in this order. Every join is of someone who is out, every leave of someone who is in. */
export type Step = SendStep | MembershipStep;

export interface LineCounts {
  lines: number;
  messages: number;
  /** Joins, leaves and renames, those included that changed nothing. */
  memberships: number;
  blank: number;
}

export interface ChannelLog {
  file: string;
  groupId: GroupId;
  /** Before the line's number in each client message id. */
  messagePrefix: string;
  steps: Step[];
  /** By user id: everyone who speaks, joins or leaves. */
  nicknames: Map<UserId, string>;
  counts: LineCounts;
}

/** Who is in every group from its beginning, reads all, and says what no nickname said. No nickname has this id. */
export const LOG_USER = 'irc~log' as UserId;
