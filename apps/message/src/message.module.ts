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
import { createMessageTrain } from './train/create-message-train.js';
import type { StoppedPartitions } from './train/partitions.js';
import { ReaderWindows } from './windows/reader-window.js';

export interface MessageParts extends ServiceParts {
  database: Database;
}

/** Injection token of the message path. */
export const MESSAGE_TRAIN_HANDLER = Symbol('MessageTrainHandler');

@Module({})
export class MessageModule {
  static with(parts: MessageParts, stopped: StoppedPartitions): DynamicModule {
    const { database } = parts;
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
        { provide: MESSAGE_TRAIN_HANDLER, inject: [BUS], useFactory: (bus: Bus) => createMessageTrain({ ...parts, bus, stopped }) },
      ],
    };
  }
}
