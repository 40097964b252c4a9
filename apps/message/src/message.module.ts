import { Module, type DynamicModule } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import type { ServiceParts } from '#runtime';
import type { Database } from '#storage';
import { ConversationStatesController } from './conversation-states/conversation-states.controller.js';
import { ConversationStatesService } from './conversation-states/conversation-states.service.js';
import { ReadCursorController } from './read-cursor/read-cursor.controller.js';
import { ReadCursorService } from './read-cursor/read-cursor.service.js';
import { ReadHistoryController } from './read-history/read-history.controller.js';
import { ReadHistoryService } from './read-history/read-history.service.js';
import { MessageBucketRepository } from './store/message-bucket.repository.js';
import { SeqRepository } from './store/seq.repository.js';
import { UserWindowRepository } from './store/user-window.repository.js';
import { createMessageTrain, type MessageTrain } from './train/create-message-train.js';
import { ReaderWindows } from './windows/reader-window.js';

export interface MessageParts extends ServiceParts {
  database: Database;
}

/** Injection tokens of the message path and of its handler. */
export const MESSAGE_TRAIN = Symbol('MessageTrain');
export const MESSAGE_TRAIN_HANDLER = Symbol('MessageTrainHandler');

@Module({})
export class MessageModule {
  static with(parts: MessageParts): DynamicModule {
    const { database, log, telemetry } = parts;
    const seqs = new SeqRepository(database);
    const buckets = new MessageBucketRepository(database);
    const windows = new UserWindowRepository(database);
    const readers = new ReaderWindows(windows, seqs);
    return {
      module: MessageModule,
      controllers: [ReadHistoryController, ReadCursorController, ConversationStatesController],
      providers: [
        { provide: ReadHistoryService, useValue: new ReadHistoryService(readers, buckets) },
        { provide: ReadCursorService, useValue: new ReadCursorService(readers, windows, buckets) },
        { provide: ConversationStatesService, useValue: new ConversationStatesService(windows, seqs) },
        { provide: MESSAGE_TRAIN, inject: [BUS], useFactory: (bus: Bus) => createMessageTrain(database, log, bus, telemetry) },
        { provide: MESSAGE_TRAIN_HANDLER, inject: [MESSAGE_TRAIN], useFactory: ({ handler }: MessageTrain) => handler },
      ],
    };
  }
}
