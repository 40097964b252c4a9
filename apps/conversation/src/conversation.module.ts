import { Module, type DynamicModule } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import { MongoOutbox } from '#outbox';
import type { ServiceParts } from '#runtime';
import type { Database } from '#storage';
import { GetConversationController } from './get-conversation/get-conversation.controller.js';
import { GetConversationService } from './get-conversation/get-conversation.service.js';
import { ListConversationsController } from './list-conversations/list-conversations.controller.js';
import { ListConversationsService } from './list-conversations/list-conversations.service.js';
import { UpdateConversationController } from './update-conversation/update-conversation.controller.js';
import { UpdateConversationService } from './update-conversation/update-conversation.service.js';
import { Messages } from './rows/messages.js';
import { CONVERSATION_OUTBOX } from './settings/settings.collections.js';
import { SettingsRepository } from './settings/settings.repository.js';

export interface ConversationParts extends ServiceParts {
  database: Database;
}

@Module({})
export class ConversationModule {
  static with({ database, telemetry, clock }: ConversationParts): DynamicModule {
    return {
      module: ConversationModule,
      controllers: [GetConversationController, ListConversationsController, UpdateConversationController],
      providers: [
        GetConversationService,
        ListConversationsService,
        UpdateConversationService,
        Messages,
        {
          provide: MongoOutbox,
          inject: [BUS],
          useFactory: (bus: Bus) => new MongoOutbox({ database, collection: CONVERSATION_OUTBOX, bus, telemetry, clock }),
        },
        {
          provide: SettingsRepository,
          inject: [MongoOutbox],
          useFactory: (outbox: MongoOutbox) => new SettingsRepository(database, outbox),
        },
      ],
    };
  }
}
