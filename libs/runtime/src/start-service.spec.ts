import { Controller, Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { newId, systemClock, type AppError } from '#kernel';
import { GetGroup, GROUP_QUESTIONS, problem, TOPIC, TOPICS, type Group } from '#contracts';
import { Answers, BUS, BusClient, EmbeddedLog, OnEvent, type Bus, type TrainHandler } from '#bus';
import { currentContext, silentTelemetry } from '#observability';
import { startService } from './start-service.js';
import { StartError } from './start-error.js';
import type { RunningService } from './service-parts.js';

const seen: unknown[] = [];

@Controller()
class GroupController implements OnModuleInit {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  onModuleInit(): void {
    seen.push('init');
  }

  @Answers(GROUP_QUESTIONS.get)
  get(@Payload() ask: GetGroup): Partial<Group> {
    if (ask.groupId === ('none' as string)) throw problem('group_not_found', `there is no group ${ask.groupId}`);
    if (ask.groupId === ('bug' as string)) throw new TypeError('x is not a function');
    return { groupId: ask.groupId, name: currentContext()?.requestId ?? '' };
  }

  @OnEvent(TOPIC.userChanged)
  onUser(@Payload() event: object): Promise<unknown> {
    seen.push(event);
    return this.bus.publish(TOPIC.groupChanged, [{ key: 'k', type: 't', payload: { heard: event } }]);
  }
}

class Trains implements TrainHandler {
  topic = TOPIC.stored;
  maxRecords = 10;
  maxBytes = 1000;
  onTrain({ records }: Parameters<TrainHandler['onTrain']>[0]): Promise<void> {
    seen.push(...records.map(({ value }) => value.toString()));
    return Promise.resolve();
  }
}

@Module({})
class GroupModule {
  static with(): DynamicModule {
    return { module: GroupModule, controllers: [GroupController], providers: [Trains] };
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain; seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('startService', () => {
  let log: EmbeddedLog;
  let service: RunningService | undefined;
  let asker: BusClient | undefined;

  const definition = (module: DynamicModule) => ({
    name: 'group',
    module,
    parts: { log, telemetry: silentTelemetry('group'), clock: systemClock },
    trainHandlers: [Trains],
  });

  beforeEach(async () => {
    seen.length = 0;
    log = await EmbeddedLog.inMemory();
  });
  afterEach(async () => {
    await service?.close();
    await asker?.close();
    await log.close();
    service = asker = undefined;
  });

  async function start(): Promise<BusClient> {
    await log.createTopics(TOPICS);
    service = await startService(definition(GroupModule.with()));
    return (asker = await BusClient.start({ log, service: 'gateway', instance: newId(), telemetry: silentTelemetry('gateway') }));
  }

  const ask = (bus: Bus, groupId: string) =>
    bus.ask(GROUP_QUESTIONS.get, groupId, { groupId, actorId: 'alice' } as GetGroup).catch((error: unknown) => error as AppError);

  it('answers what its controllers answer', async () => {
    const bus = await start();
    expect(await ask(bus, 'team')).toMatchObject({ groupId: 'team' });
    expect(seen).toEqual(['init']);
  });

  it('keeps the errors that a caller is meant to see, and hides the others', async () => {
    const bus = await start();
    expect(await ask(bus, 'none')).toMatchObject({ code: 'group_not_found', detail: 'there is no group none', status: 404 });
    expect(await ask(bus, 'bug')).toMatchObject({ code: 'internal', status: 500 });
    expect(((await ask(bus, 'bug')) as AppError).detail).not.toContain('not a function');
  });

  it('refuses payloads that their class does not allow, field by field', async () => {
    const bus = await start();
    const wrong = { groupId: 'team', extra: 1 } as unknown as GetGroup;
    const error = await bus.ask(GROUP_QUESTIONS.get, 'team', wrong).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'invalid_request',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/extra', code: 'unknown_field' }),
        expect.objectContaining({ pointer: '/actorId', code: 'missing' }),
      ]) as unknown,
    });
  });

  it('hands events to its controllers and trains to its train handlers', async () => {
    const bus = await start();
    await bus.publish(TOPIC.userChanged, [{ key: 'alice', type: 'user.changed', payload: { version: 1 } }]);
    await bus.publish(TOPIC.stored, [{ key: 'c', type: 'message.stored', payload: { events: [] } }]);
    await until(() => seen.length === 3);
    expect(seen).toEqual(expect.arrayContaining([{ version: 1 }, '{"events":[]}']));
  });

  it('says which topics are missing or other than declared, and stops', async () => {
    await log.createTopics(TOPICS.filter(({ name }) => name !== TOPIC.stored && name !== TOPIC.send));
    const send = TOPICS.find(({ name }) => name === TOPIC.send)!;
    await log.createTopics([{ ...send, partitions: 3, timestamps: 'CreateTime' }]);
    const error: unknown = await startService(definition(GroupModule.with())).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StartError);
    expect((error as StartError).problems).toEqual([
      'topic message.send.v1 has 3 partitions instead of 12 and CreateTime timestamps instead of LogAppendTime: ' +
        '`hecto topics sync` never changes a topic that exists; delete it or mend it by hand',
      'topic message.stored.v1 is missing: run `hecto topics sync`',
    ]);
  });

  it('is ready while the log answers', async () => {
    await start();
    expect(await service!.readiness()).toEqual({ log: { ok: true } });
    await log.close();
    expect(await service!.readiness()).toEqual({ log: { ok: false, detail: 'log does not answer' } });
  });
});
