import { startService, type RunningService } from '#runtime';
import { MESSAGE_TRAIN_HANDLER, MessageModule, type MessageParts } from './message.module.js';
import { MESSAGE_COLLECTIONS } from './store/message.collections.js';
import type { StoppedPartitions } from './train/partitions.js';

/** Starts the message service: it admits, orders, stores and serves messages. */
export function startMessage(parts: MessageParts): Promise<RunningService> {
  const stopped: StoppedPartitions = new Map();
  return startService({
    name: 'message',
    module: MessageModule.with(parts, stopped),
    parts,
    trainHandlers: [MESSAGE_TRAIN_HANDLER],
    storage: { database: parts.database, collections: MESSAGE_COLLECTIONS },
    dependencies: { partitions: () => allRun(stopped) },
  });
}

async function allRun(stopped: StoppedPartitions): Promise<boolean> {
  const reasons = [...stopped].map(([partition, reason]) => `partition ${partition} is stopped: ${reason}`);
  return reasons.length > 0 ? Promise.reject(new Error(reasons.join('; '))) : Promise.resolve(true);
}
