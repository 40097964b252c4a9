import { groupConversation, type GroupId } from '#contracts';
import type { Operation } from '../../history/history.js';
import { Membership, type MembershipCall } from './membership.js';
import type { StoredLog } from './stored-log.js';

interface GroupCalls {
  created: MembershipCall | undefined;
  history: 'join' | 'all' | undefined;
  dismissCalled: number;
  byUser: Map<string, MembershipCall[]>;
}

const ALWAYS = new Membership([{ effect: 'in', line: -2, end: -1, certain: true }], false);
const NEVER = new Membership([], true);
const UNKNOWN = new Membership([{ effect: 'in', line: -2, end: Infinity, certain: false }], false);

/** Who was a member of which group when, as far as the calls say. */
export class Groups {
  private readonly byConversation = new Map<string, GroupCalls>();
  private readonly memberships = new Map<StoredLog, Map<string, Membership>>();

  /** A call that was not refused. `end`: Infinity of one without an answer. */
  record(operation: Operation, userId: string, { line, end, certain }: Omit<MembershipCall, 'effect'>): void {
    if (!('groupId' in operation)) return;
    const group = this.of(groupConversation(operation.groupId as GroupId));
    const add = (effect: 'in' | 'out', users: readonly string[]) => {
      for (const user of users) group.byUser.set(user, [...(group.byUser.get(user) ?? []), { effect, line, end, certain }]);
    };
    switch (operation.type) {
      case 'create-group': {
        this.create(group, operation, [userId, ...operation.memberIds], { line, end, certain });
        return;
      }
      case 'join': {
        add('in', [userId]);
        return;
      }
      case 'invite': {
        add('in', operation.userIds);
        return;
      }
      case 'leave': {
        add('out', [userId]);
        return;
      }
      case 'kick': {
        add('out', [operation.userId]);
        return;
      }
      case 'dismiss':
        group.dismissCalled = Math.min(group.dismissCalled, line);
    }
  }

  /** Whether the calls without an answer are over: those called before this line may not take effect after it. */
  settle(quiet: number): void {
    for (const { byUser } of this.byConversation.values()) {
      for (const call of [...byUser.values()].flat()) if (call.line < quiet && call.end === Infinity) call.end = quiet;
    }
  }

  /** Ask when the history is over. */
  membership(log: StoredLog, userId: string): Membership {
    if (log.pair) return log.pair.includes(userId) ? ALWAYS : NEVER;
    const ofLog = this.memberships.get(log) ?? new Map<string, Membership>();
    const known = ofLog.get(userId);
    if (known) return known;
    const group = this.byConversation.get(log.id);
    const made = group?.created ? new Membership(group.byUser.get(userId) ?? [], true) : UNKNOWN;
    this.memberships.set(log, ofLog.set(userId, made));
    return made;
  }

  /** Whether who enters reads only what comes after; false when nobody said so. */
  hidesEarlier(log: StoredLog): boolean {
    return this.byConversation.get(log.id)?.history === 'join';
  }

  /** The line of the first call that dismisses it; Infinity: there is none. */
  dismissCalled(log: StoredLog): number {
    return this.byConversation.get(log.id)?.dismissCalled ?? Infinity;
  }

  private of(conversationId: string): GroupCalls {
    const known = this.byConversation.get(conversationId);
    if (known) return known;
    const made: GroupCalls = { created: undefined, history: undefined, dismissCalled: Infinity, byUser: new Map() };
    this.byConversation.set(conversationId, made);
    return made;
  }

  /** A repeated one finds the group and puts nobody into it: all of them together are one call. */
  private create(
    group: GroupCalls,
    operation: Extract<Operation, { type: 'create-group' }>,
    users: readonly string[],
    { line, end, certain }: Omit<MembershipCall, 'effect'>,
  ): void {
    group.history ??= operation.history;
    if (group.created) {
      const { created } = group;
      created.end = created.certain && certain ? Math.min(created.end, end) : created.certain ? created.end : certain ? end : Infinity;
      created.line = Math.min(created.line, line);
      created.certain ||= certain;
      return;
    }
    group.created = { effect: 'in', line, end, certain };
    for (const user of users) group.byUser.set(user, [...(group.byUser.get(user) ?? []), group.created]);
  }
}
