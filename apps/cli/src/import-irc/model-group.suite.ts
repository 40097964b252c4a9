import type { ClientMsgId, Seq, UserId } from '#contracts';
import { LOG_USER, type SendStep } from '../irc/channel-log.js';
import type { Chat, Sent } from './chat.js';

export class Killed extends Error {}

export interface Kill {
  /** How many things the client gets done; the next one is under way when it dies … */
  after: number;
  /** … and may happen so many calls later, in the next run. */
  lateness: number;
}

export const NEVER: Kill = { after: Infinity, lateness: 0 };

/** What a group's log and windows are, and what the promises of the server make of repeated and late calls. */
export class ModelGroup {
  readonly messages: { clientMsgId: ClientMsgId; userId: UserId; text: string }[] = [];
  /** First seq of each open window. */
  readonly windows = new Map<UserId, number>([[LOG_USER, 1]]);
  /** What killed clients had under way, in the order in which the server got it. */
  private underWay: { kind: 'message' | 'members'; happen: () => void }[] = [];

  /** A client that dies at some point; what an earlier one had under way happens after `lateness` calls of this one. */
  client({ after, lateness }: Kill): Chat {
    let effects = 0;
    let calls = 0;
    const die = () => effects++ >= after;
    const called = () => calls++ >= lateness && this.happen(() => true);
    const enter = (userId: UserId) => !this.windows.has(userId) && this.windows.set(userId, this.messages.length + 1);
    const change = async (userId: UserId, effect: () => void) => {
      called();
      if (die()) {
        this.underWay.push({ kind: 'members', happen: effect });
        throw new Killed(userId);
      }
      effect();
      if (die()) throw new Killed(userId);
      return Promise.resolve();
    };
    return {
      prepare: () => {
        // Questions to one group are handled in the order in which they came.
        this.happen((kind) => kind === 'members');
        return Promise.resolve();
      },
      lastImported: async () => {
        called();
        const last = this.messages.at(-1);
        return Promise.resolve(last && { clientMsgId: last.clientMsgId, seq: this.messages.length as Seq });
      },
      windowOf: async (userId) => {
        called();
        return Promise.resolve(this.windows.get(userId) as Seq | undefined);
      },
      send: async (steps) => {
        called();
        const sent: Sent[] = [];
        for (const [index, step] of steps.entries()) {
          if (die()) {
            this.underWay.push(...steps.slice(index).map((late) => ({ kind: 'message' as const, happen: () => void this.store(late) })));
            throw new Killed(step.clientMsgId);
          }
          sent.push({ clientMsgId: step.clientMsgId, seq: this.store(step) });
        }
        if (die()) throw new Killed('answered to nobody');
        return Promise.resolve(sent);
      },
      admit: ([first, ...others]) =>
        change(first as UserId, () => {
          for (const userId of [first as UserId, ...others]) enter(userId);
        }),
      join: (userId) => change(userId, () => enter(userId)),
      leave: (userId) => change(userId, () => this.windows.delete(userId)),
    };
  }

  private happen(which: (kind: 'message' | 'members') => boolean): void {
    const now = this.underWay.filter(({ kind }) => which(kind));
    this.underWay = this.underWay.filter(({ kind }) => !which(kind));
    for (const { happen } of now) happen();
  }

  private store({ clientMsgId, userId, text }: SendStep): Seq {
    const known = this.messages.findIndex((message) => message.clientMsgId === clientMsgId);
    if (known >= 0) return (known + 1) as Seq;
    if (!this.windows.has(userId)) throw new Error(`${userId} is not a member`);
    return this.messages.push({ clientMsgId, userId, text }) as Seq;
  }
}
