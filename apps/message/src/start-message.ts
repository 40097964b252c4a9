import { startService, type RunningService } from '#runtime';
import { MESSAGE_TRAIN_HANDLER, MessageModule, type MessageParts } from './message.module.js';
import { MESSAGE_COLLECTIONS } from './store/message.collections.js';

/** Starts the message service: it admits, orders, stores and serves messages. */
export function startMessage(parts: MessageParts): Promise<RunningService> {
  return startService({
    name: 'message',
    module: MessageModule.with(parts),
    parts,
    trainHandlers: [MESSAGE_TRAIN_HANDLER],
    storage: { database: parts.database, collections: MESSAGE_COLLECTIONS },
  });
}
