import { Controller, Module, type DynamicModule } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Test, type TestingModule } from '@nestjs/testing';
import { newId, systemClock } from '#kernel';
import {
  Answers,
  BUS,
  BusClient,
  EmbeddedLog,
  replyAddressOf,
  typeOf,
  type EmbeddedLogHooks,
  type ReceivedRecord,
  type ReplyAddress,
} from '#bus';
import {
  GetProfiles,
  MESSAGE_COMMAND,
  TOPIC,
  TOPICS,
  USER_QUESTIONS,
  type CloseWindows,
  type ConversationId,
  type GroupChanged,
  type GroupId,
  type OpenWindows,
  type Profile,
  type UserId,
} from '#contracts';
import { silentTelemetry } from '#observability';
import { CLOCK, startService, type RunningService, type ServiceParts } from '#runtime';
import { testDatabase, waitFor, type TestDatabase } from '#testing';
import { GroupModule, type GroupParts } from './group.module.js';
import { GROUP_COLLECTIONS } from './store/group.collections.js';

export interface Command {
  type: string;
  commandId: string;
  conversationId: ConversationId;
  userIds: UserId[];
  history: string | undefined;
}

/** Everyone but ghosts exists. */
@Controller()
class UsersController {
  @Answers(USER_QUESTIONS.getProfiles)
  profiles(@Payload() { userIds }: GetProfiles): Profile[] {
    return userIds
      .filter((userId) => !userId.startsWith('ghost'))
      .map((userId) => ({ userId, nickname: '', avatar: '', ex: '', version: 1, createdAt: 0 }));
  }
}

@Module({})
class BusModule {}

/** What a group service needs around it: MongoDB, a log in memory, a user service, and a message service that keeps windows. */
export class GroupStage {
  readonly commands: Command[] = [];
  private readonly events: GroupChanged[] = [];
  /** Answers that are held back, while they are. */
  private held: ReplyAddress[] | undefined;
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly log: EmbeddedLog,
    readonly hooks: EmbeddedLogHooks,
    readonly bus: BusClient,
  ) {}

  static async open(): Promise<GroupStage> {
    const hooks: EmbeddedLogHooks = {};
    const [database, log] = await Promise.all([testDatabase(GROUP_COLLECTIONS), EmbeddedLog.inMemory({ hooks })]);
    await log.createTopics(TOPICS);
    const bus = await BusClient.start({ log, service: 'test', instance: newId(), telemetry: silentTelemetry('test') });
    const stage = new GroupStage(database, log, hooks, bus);
    const listen = { group: 'stage', maxRecords: 100, maxBytes: 1_000_000 };
    await log.subscribe(TOPIC.send, listen, ({ records }) => stage.rule(records));
    await log.subscribe(TOPIC.groupChanged, listen, ({ records }) => stage.hear(records));
    const parts: ServiceParts = { log, telemetry: silentTelemetry('user'), clock: systemClock };
    const users: RunningService = await startService({
      name: 'user',
      module: { module: BusModule, controllers: [UsersController] },
      parts,
    });
    stage.closers.push(() => users.close());
    return stage;
  }

  get parts(): GroupParts {
    return { log: this.log, telemetry: silentTelemetry('group'), clock: systemClock, database: this.database };
  }

  /** The group service's insides, as one more process of it would have them, but for its way in. */
  async process(): Promise<TestingModule> {
    const providers = [
      { provide: BUS, useValue: this.bus },
      { provide: CLOCK, useValue: systemClock },
    ];
    const around: DynamicModule = { module: BusModule, global: true, providers, exports: providers };
    const module = await Test.createTestingModule({ imports: [around, GroupModule.with(this.parts)] }).compile();
    this.closers.push(() => module.close());
    return module;
  }

  /** From now on commands are applied, but nobody hears of it. */
  holdAnswers(): void {
    this.held = [];
  }

  async releaseAnswers(): Promise<void> {
    const held = this.held ?? [];
    this.held = undefined;
    await this.bus.answer(held.map((to) => ({ to, value: { maxSeq: 0 } })));
  }

  /** Who has an open window, by the log alone. */
  windowsOf(conversationId: ConversationId): UserId[] {
    const open = new Set<UserId>();
    for (const { type, userIds } of this.commands.filter((command) => command.conversationId === conversationId)) {
      for (const userId of userIds) {
        if (type === MESSAGE_COMMAND.openWindows) open.add(userId);
        if (type === MESSAGE_COMMAND.closeWindows) open.delete(userId);
      }
    }
    return [...open].sort();
  }

  eventsOf(groupId: GroupId): GroupChanged[] {
    return this.events.filter((event) => event.groupId === groupId);
  }

  /** The event of this version of the group. */
  eventOf(groupId: GroupId, version: number): Promise<GroupChanged> {
    const find = () => this.eventsOf(groupId).find((event) => event.version === version);
    return waitFor(find, { what: `version ${version} of ${groupId} in the log`, withinMs: 5000 });
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
    await this.bus.close();
    await this.log.close();
    await this.database.close();
  }

  private async rule(records: readonly ReceivedRecord[]): Promise<void> {
    for (const record of records) {
      const body = JSON.parse(record.value.toString()) as Partial<OpenWindows & CloseWindows> &
        Pick<OpenWindows, 'commandId' | 'conversationId'>;
      const { commandId, conversationId, userIds = [], history } = body;
      // As the real one does: repeating a command changes nothing, and is answered.
      const known = this.commands.some((command) => command.commandId === commandId);
      if (!known) this.commands.push({ type: typeOf(record), commandId, conversationId, userIds, history });
      const to = replyAddressOf(record);
      if (to && this.held) this.held.push(to);
      else if (to) await this.bus.answer([{ to, value: { maxSeq: 0 } }]);
    }
  }

  private hear(records: readonly ReceivedRecord[]): Promise<void> {
    this.events.push(...records.map(({ value }) => JSON.parse(value.toString()) as GroupChanged));
    return Promise.resolve();
  }
}
