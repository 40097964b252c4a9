import { startService, type RunningService } from '#runtime';
import { CONVERSATION_COLLECTIONS, ConversationModule, type ConversationParts } from './conversation.module.js';

/** Resolves when the service answers. Whoever made the parts closes them after it. */
export function startConversation(parts: ConversationParts): Promise<RunningService> {
  const storage = { database: parts.database, collections: CONVERSATION_COLLECTIONS };
  return startService({ name: 'conversation', module: ConversationModule.with(parts), parts, storage });
}
