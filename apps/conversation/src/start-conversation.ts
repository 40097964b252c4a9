import { startService, type RunningService } from '#runtime';
import { ConversationModule, type ConversationParts } from './conversation.module.js';
import { CONVERSATION_COLLECTIONS } from './settings/settings.collections.js';

/** Resolves when the service answers. Whoever made the parts closes them after it. */
export function startConversation(parts: ConversationParts): Promise<RunningService> {
  const storage = { database: parts.database, collections: CONVERSATION_COLLECTIONS };
  return startService({ name: 'conversation', module: ConversationModule.with(parts), parts, storage });
}
