/** What a conversation is, as the documents of the API say, and nothing of how it is made. */
export interface Told {
  seq: number;
  sender: number;
  clientMsgId: string;
  text: string;
}

export interface View {
  minSeq: number;
  maxSeq: number;
  readSeq: number;
  unread: number;
}

interface Window {
  open: boolean;
  minSeq: number;
  readSeq: number;
}

/** One conversation's truth: its messages, and what each user may read of it and has read. */
export class ConversationTruth {
  readonly messages: Told[] = [];
  private readonly windows = new Map<number, Window>();

  get maxSeq(): number {
    return this.messages.length;
  }

  isOpenFor(user: number): boolean {
    return this.windows.get(user)?.open === true;
  }

  /** Opening what is open changes nothing; a new window begins with everything in it read. */
  open(user: number, minSeq: number, readSeq = this.maxSeq): void {
    const before = this.windows.get(user);
    if (before?.open) return;
    this.windows.set(user, { open: true, minSeq, readSeq: Math.max(before?.readSeq ?? 0, readSeq) });
  }

  close(user: number): void {
    const window = this.windows.get(user);
    if (window) window.open = false;
  }

  /** A sender has read what he sent, and so what came before. */
  tell(message: Omit<Told, 'seq'>): Told {
    const told = { ...message, seq: this.maxSeq + 1 };
    this.messages.push(told);
    this.hasRead(message.sender, told.seq);
    return told;
  }

  hasRead(user: number, seq: number): void {
    const window = this.windows.get(user);
    if (window) window.readSeq = Math.max(window.readSeq, seq);
  }

  /** Undefined for who may not read it. */
  viewOf(user: number): View | undefined {
    const window = this.windows.get(user);
    if (!window?.open) return undefined;
    const { minSeq, readSeq } = window;
    return { minSeq, maxSeq: this.maxSeq, readSeq, unread: Math.max(0, this.maxSeq - readSeq) };
  }

  readableBy(user: number): Told[] {
    const view = this.viewOf(user);
    return view ? this.messages.filter(({ seq }) => seq >= view.minSeq) : [];
  }
}

/** The first user owns the group; the others come and go. */
export class Truth {
  readonly group = new ConversationTruth();
  readonly direct = new Map<string, ConversationTruth>();
  /** Who ended a user's membership last: he himself, or the owner. */
  readonly endedBy = new Map<number, 'himself' | 'the owner'>();
  sends = 0;

  constructor(readonly history: 'join' | 'all') {
    this.group.open(0, 1);
  }

  join(user: number): void {
    this.group.open(user, this.history === 'all' ? 1 : this.group.maxSeq + 1);
  }

  /** Made by the first message of the two. */
  between(a: number, b: number): ConversationTruth {
    const key = [a, b].sort((x, y) => x - y).join();
    const known = this.direct.get(key);
    if (known) return known;
    const conversation = new ConversationTruth();
    for (const user of [a, b]) conversation.open(user, 1, 0);
    this.direct.set(key, conversation);
    return conversation;
  }
}
