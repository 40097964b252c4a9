import { parseConversationId, partitionKey, type ConversationId, type WindowState, type Seq, type UserId } from '#contracts';
import { ConnectedUser } from './connected-user.js';
import type { Subscriber } from './subscriber.js';
import { UserWindows, type WindowChange } from './user-windows.js';

/** Who is connected here, and which conversations they may read: answers "whose sockets get this message" without asking anybody. */
export class DeliveryMap {
  private readonly users = new Map<UserId, ConnectedUser>();
  /** Connected users with an open window, by group conversation. */
  private readonly readers = new Map<ConversationId, Set<ConnectedUser>>();

  /** From now on events that concern this user are noted. */
  enter(userId: UserId, subscriber: Subscriber): ConnectedUser {
    const user = this.users.get(userId) ?? new ConnectedUser(userId);
    this.users.set(userId, user);
    user.subscribers.add(subscriber);
    return user;
  }

  leave(user: ConnectedUser, subscriber: Subscriber): void {
    user.subscribers.delete(subscriber);
    if (user.subscribers.size > 0 || this.users.get(user.userId) !== user) return;
    this.forgetWindows(user);
    this.users.delete(user.userId);
  }

  user(userId: UserId): ConnectedUser | undefined {
    return this.users.get(userId);
  }

  allUsers(): ConnectedUser[] {
    return [...this.users.values()];
  }

  /** All windows of the user as the message service knows them; what newer events said holds. */
  load(user: ConnectedUser, windows: readonly WindowState[]): void {
    // He may have left while they were read.
    if (this.users.get(user.userId) !== user) return;
    for (const window of windows) {
      if (isGroup(window.conversationId) && user.windows.load(window)) this.setReader(window.conversationId, user, window);
    }
    user.loaded = true;
  }

  /** Nothing is known of his windows any more: he gets no group's messages until they are loaded again. */
  unload(user: ConnectedUser): void {
    this.forgetWindows(user);
    user.loaded = false;
    user.epoch += 1;
  }

  /** The connected ones of these users whose sockets are to be told. */
  change(conversationId: ConversationId, userIds: readonly UserId[], change: WindowChange): ConnectedUser[] {
    const connected = userIds.map((userId) => this.users.get(userId)).filter((user) => user !== undefined);
    return connected.filter((user) => {
      if (!user.windows.change(conversationId, change)) return false;
      this.setReader(conversationId, user, change);
      return true;
    });
  }

  /** The connected users who may read this seq; a notification log is read by whoever reads the conversation beside it. */
  recipients(conversationId: ConversationId, seq: Seq): ConnectedUser[] {
    const parsed = parseConversationId(conversationId);
    const of = parsed?.kind === 'notification' ? parsed.of : parsed;
    if (!of) return [];
    if (of.kind === 'direct') return this.connected(of.members);
    if (of.kind === 'system') return of.to === 'all' ? this.allUsers() : this.connected([of.to]);
    const base = partitionKey(conversationId) as ConversationId;
    const readers = [...(this.readers.get(base) ?? [])];
    // A notification log has seqs of its own: the window of the conversation beside it bounds who reads, not from which seq.
    return base === conversationId ? readers.filter((user) => user.windows.mayRead(base, seq)) : readers;
  }

  /** Everyone here who may read the conversation now. */
  readersOf(conversationId: ConversationId): ConnectedUser[] {
    const parsed = parseConversationId(conversationId);
    return parsed?.kind === 'direct' ? this.connected(parsed.members) : [...(this.readers.get(conversationId) ?? [])];
  }

  private connected(userIds: readonly UserId[]): ConnectedUser[] {
    const users = new Set(userIds.map((userId) => this.users.get(userId)));
    return [...users].filter((user) => user !== undefined);
  }

  private setReader(conversationId: ConversationId, user: ConnectedUser, { open }: Pick<WindowChange, 'open'>): void {
    if (open) this.addReader(conversationId, user);
    else this.removeReader(conversationId, user);
  }

  private addReader(conversationId: ConversationId, user: ConnectedUser): void {
    const readers = this.readers.get(conversationId) ?? new Set();
    this.readers.set(conversationId, readers.add(user));
  }

  private removeReader(conversationId: ConversationId, user: ConnectedUser): void {
    const readers = this.readers.get(conversationId);
    readers?.delete(user);
    if (readers?.size === 0) this.readers.delete(conversationId);
  }

  private forgetWindows(user: ConnectedUser): void {
    for (const conversationId of user.windows.open()) this.removeReader(conversationId, user);
    user.windows = new UserWindows();
  }
}

function isGroup(conversationId: ConversationId): boolean {
  return parseConversationId(conversationId)?.kind === 'group';
}
