import type { AppError } from '#kernel';
import {
  directConversation,
  GROUP_QUESTIONS,
  MESSAGE_COMMAND,
  MESSAGE_QUESTIONS,
  parseConversationId,
  placeOf,
  problem,
  rpcTopic,
  STORED_EVENTS,
  TOPIC,
  USER_QUESTIONS,
  type ConversationId,
  type Message,
  type WindowState,
  type Seq,
  type SendMessage,
  type StoredEvent,
  type UserId,
} from '#contracts';
import { BusClient, HEADER, replyAddressOf, typeOf, type Answer, type EventLog, type ReceivedRecord, type Subscription } from '#bus';
import { silentTelemetry } from '#observability';

type Handler = (ask: never) => unknown;
type Rules = Record<string, Handler>;

/**
 * The message, user and group services in one small class, on the real log: seqs and windows in maps, no storage. It stores what comes
 * in the log's order, publishes it, then answers.
 */
export class OtherServices {
  readonly messages = new Map<ConversationId, Message[]>();
  readonly windows = new Map<UserId, Map<ConversationId, WindowState>>();
  readonly unknownUsers = new Set<string>();
  /** The conversations of stored messages, in the order of the log as far as it goes by arrival. */
  readonly order: ConversationId[] = [];
  readonly requestIds: (string | undefined)[] = [];
  /** Asked before each answer to these questions; may wait or throw. */
  before: (type: string, ask: Record<string, unknown>) => Promise<void> | void = () => undefined;
  /** After a message was stored and published, before its sender is answered. */
  after: () => void = () => undefined;
  /** After an answer was found, before it is sent. */
  afterQuestion: (type: string) => Promise<void> | void = () => undefined;
  private readonly subscriptions: Subscription[] = [];
  private bus: BusClient;

  constructor(private readonly log: EventLog) {}

  async start(): Promise<void> {
    this.bus = await BusClient.start({ log: this.log, service: 'message', instance: 'test', telemetry: silentTelemetry('message') });
    const options = { group: 'test', maxRecords: 500, maxBytes: 1 << 22 };
    this.subscriptions.push(await this.log.subscribe(TOPIC.send, options, ({ records }) => this.onSends(records)));
    for (const service of ['message', 'user', 'group'] as const) {
      this.subscriptions.push(await this.log.subscribe(rpcTopic(service), options, ({ records }) => this.onQuestions(records)));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    await this.bus.close();
  }

  /** Publishes an event as a train would, at the place of a record of its own. */
  async publish(key: string, kind: object): Promise<void> {
    const [position] = await this.log.append(TOPIC.send, [{ key, value: Buffer.from('{}'), headers: { [HEADER.type]: 'none' } }]);
    const event = { ...kind, place: placeOf(1, position!.offset), part: 0 } as StoredEvent;
    await this.store(position!, [event]);
  }

  async publishAt(partition: number, events: object[]): Promise<void> {
    await this.store({ partition }, events as StoredEvent[]);
  }

  setWindow(userId: UserId, conversationId: ConversationId, { minSeq, maxSeq }: { minSeq: number; maxSeq: number }): void {
    const window = {
      conversationId,
      open: true,
      minSeq: minSeq as Seq,
      maxSeq: maxSeq as Seq,
      readSeq: 0 as Seq,
      changedAt: placeOf(1, 0),
    };
    this.windowsOf(userId).set(conversationId, window);
  }

  async openWindow(conversationId: ConversationId, userIds: UserId[], minSeq = 1): Promise<void> {
    const maxSeq = this.maxSeq(conversationId);
    const [position] = await this.log.append(TOPIC.send, [{ key: conversationId, value: Buffer.from('{}'), headers: {} }]);
    const place = placeOf(1, position!.offset);
    for (const userId of userIds) {
      this.windowsOf(userId).set(conversationId, {
        conversationId,
        open: true,
        minSeq: minSeq as Seq,
        maxSeq,
        readSeq: 0 as Seq,
        changedAt: place,
      });
    }
    await this.store(position!, [{ kind: 'windows.opened', conversationId, userIds, minSeq: minSeq as Seq, maxSeq, place, part: 0 }]);
  }

  async closeWindow(conversationId: ConversationId, userIds: UserId[]): Promise<void> {
    const [position] = await this.log.append(TOPIC.send, [{ key: conversationId, value: Buffer.from('{}'), headers: {} }]);
    for (const userId of userIds) this.windowsOf(userId).delete(conversationId);
    const maxSeq = this.maxSeq(conversationId);
    const place = placeOf(1, position!.offset);
    await this.store(position!, [{ kind: 'windows.closed', conversationId, userIds, maxSeq, place, part: 0 }]);
  }

  maxSeq(conversationId: ConversationId): Seq {
    return (this.messages.get(conversationId)?.length ?? 0) as Seq;
  }

  private async store({ partition }: { partition: number }, events: StoredEvent[]): Promise<void> {
    await this.bus.publish(TOPIC.stored, [{ key: 'x', type: STORED_EVENTS, payload: { events }, partition }]);
  }

  private async onSends(records: readonly ReceivedRecord[]): Promise<void> {
    for (const record of records) {
      if (typeOf(record) !== MESSAGE_COMMAND.send) continue;
      const command = JSON.parse(record.value.toString()) as SendMessage;
      this.order.push(command.conversationId);
      await this.reply(record, async () => {
        await this.before(MESSAGE_COMMAND.send, command as unknown as Record<string, unknown>);
        const answer = await this.send(command, record);
        this.after();
        return answer;
      });
    }
  }

  private async send(command: SendMessage, record: ReceivedRecord): Promise<object> {
    const { conversationId, senderId, clientMsgId } = command;
    const parsed = parseConversationId(conversationId);
    if (parsed?.kind === 'group' && !this.windowsOf(senderId).has(conversationId)) {
      throw problem('not_a_member', `${senderId} is not a member of ${conversationId}`);
    }
    const stored = this.messages.get(conversationId) ?? [];
    this.messages.set(conversationId, stored);
    const known = stored.find((one) => one.clientMsgId === clientMsgId && one.senderId === senderId);
    if (known) return { conversationId, messageId: known.messageId, seq: known.seq, sentAt: known.sentAt, replayed: true };
    const seq = (stored.length + 1) as Seq;
    const message: Message = {
      ...(command as Omit<SendMessage, never>),
      seq,
      messageId: `m-${conversationId}-${seq}`,
      sessionType: parsed?.kind === 'group' ? 'group' : 'direct',
      sentAt: record.timestamp,
      status: 'sent',
    };
    stored.push(message);
    if (parsed?.kind === 'direct') parsed.members.forEach((userId) => this.touchDirect(userId, conversationId, seq));
    for (const windows of this.windows.values()) {
      const window = windows.get(conversationId);
      if (window) window.maxSeq = seq;
    }
    await this.store(record, [{ kind: 'message', message, place: placeOf(1, record.offset), part: 0 }]);
    return { conversationId, messageId: message.messageId, seq, sentAt: message.sentAt, replayed: false };
  }

  private touchDirect(userId: UserId, conversationId: ConversationId, maxSeq: Seq): void {
    const before = this.windowsOf(userId).get(conversationId);
    const opened = {
      conversationId,
      open: true,
      minSeq: 1 as Seq,
      maxSeq,
      readSeq: before?.readSeq ?? (0 as Seq),
      changedAt: placeOf(1, 0),
    };
    this.windowsOf(userId).set(conversationId, opened);
  }

  private async onQuestions(records: readonly ReceivedRecord[]): Promise<void> {
    // Side by side: a test may hold one answer back.
    for (const record of records) {
      this.requestIds.push(record.headers[HEADER.requestId]);
      void this.reply(record, async () => {
        const ask = JSON.parse(record.value.toString()) as Record<string, unknown>;
        await this.before(typeOf(record), ask);
        const answer = structuredClone(this.rules[typeOf(record)]!(ask as never));
        await this.afterQuestion(typeOf(record));
        return answer;
      });
    }
    await Promise.resolve();
  }

  private async reply(record: ReceivedRecord, work: () => Promise<unknown>): Promise<void> {
    const to = replyAddressOf(record);
    const answer = await work().then(
      (value): Omit<Answer & { value: object }, 'to'> => ({ value: value as object }),
      (error: unknown) => ({ error: error as AppError }),
    );
    if (to) await this.bus.answer([{ to, ...answer }]);
  }

  private readonly rules: Rules = {
    [USER_QUESTIONS.getProfiles.name]: ({ userIds }: { userIds: UserId[] }) =>
      userIds
        .filter((userId) => !this.unknownUsers.has(userId))
        .map((userId) => ({ userId, nickname: userId.toUpperCase(), avatar: '', ex: '', version: 1, createdAt: 0 })),
    [GROUP_QUESTIONS.get.name]: ({ groupId }: { groupId: string }) => {
      throw problem('group_not_found', `there is no group ${groupId}`);
    },
    [MESSAGE_QUESTIONS.listWindows.name]: ({ userId, after }: { userId: UserId; after?: string }) => {
      const all = [...this.windowsOf(userId).values()].sort((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
      const behind = all.filter(({ conversationId }) => after === undefined || conversationId > after);
      const items = behind.slice(0, 100);
      return { items, next: behind.length > 100 ? items.at(-1)!.conversationId : null };
    },
    [MESSAGE_QUESTIONS.markRead.name]: ({ userId, conversationId, seq }: { userId: UserId; conversationId: ConversationId; seq: Seq }) => {
      const maxSeq = this.maxSeq(conversationId);
      if (seq > maxSeq) throw problem('invalid_request', `seq ${seq} is beyond ${maxSeq}`);
      const window = this.windowsOf(userId).get(conversationId);
      if (!window) throw problem('conversation_not_found', `${userId} has no conversation ${conversationId}`);
      window.readSeq = seq;
      return { ...window, unread: maxSeq - seq, lastAt: 0, openedAt: 0 };
    },
    [MESSAGE_QUESTIONS.readRange.name]: (ask: { conversationId: ConversationId; fromSeq: number; toSeq: number }) =>
      this.pageOf(ask.conversationId, (seq) => seq >= ask.fromSeq && seq <= ask.toSeq),
    [MESSAGE_QUESTIONS.readPage.name]: (ask: { conversationId: ConversationId; afterSeq?: number; limit: number }) =>
      this.pageOf(ask.conversationId, (seq) => seq > (ask.afterSeq ?? 0)),
  };

  private pageOf(conversationId: ConversationId, wanted: (seq: Seq) => boolean): object {
    const items = (this.messages.get(conversationId) ?? []).filter(({ seq }) => wanted(seq)).slice(0, 50);
    return { items, minSeq: 1, maxSeq: this.maxSeq(conversationId), complete: true };
  }

  private windowsOf(userId: UserId): Map<ConversationId, WindowState> {
    const windows = this.windows.get(userId) ?? new Map<ConversationId, WindowState>();
    this.windows.set(userId, windows);
    return windows;
  }
}

export function direct(a: string, b: string): ConversationId {
  return directConversation(a as UserId, b as UserId);
}
