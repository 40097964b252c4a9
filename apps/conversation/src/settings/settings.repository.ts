import { newId } from '#kernel';
import { CHANGE_EVENT, TOPIC, type ConversationChanged, type ConversationId, type ConversationSettings, type UserId } from '#contracts';
import type { Outbox, OutboxEntry } from '#outbox';
import { mappingStorageErrors, type Database } from '#storage';
import { DEFAULT_SETTINGS } from './apply-settings.js';
import { CONVERSATIONS } from './settings.collections.js';
import { settingsKey, toSettings, toSettingsDocument } from './settings.mapper.js';

export class SettingsRepository {
  private readonly collection;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    this.collection = database.collection(CONVERSATIONS);
  }

  async find(user: UserId, conversation: ConversationId): Promise<ConversationSettings> {
    const filter = { _id: settingsKey(user, conversation), user_id: user };
    const found = await mappingStorageErrors(() => this.collection.findOne(filter));
    return found ? toSettings(found) : DEFAULT_SETTINGS;
  }

  /** Of all conversations in which the user has ever changed any. */
  async findAll(user: UserId): Promise<Map<ConversationId, ConversationSettings>> {
    const found = await mappingStorageErrors(() => this.collection.find({ user_id: user }).toArray());
    return new Map(found.map((document) => [document.conversation_id, toSettings(document)]));
  }

  /** Stores what `apply` makes of the settings as they are, and publishes it; nothing when that is the same object. */
  async change(
    user: UserId,
    conversation: ConversationId,
    apply: (before: ConversationSettings) => ConversationSettings,
  ): Promise<ConversationSettings> {
    const _id = settingsKey(user, conversation);
    const settings = await this.database.transaction(async (session) => {
      const filter = { _id, user_id: user };
      const found = await this.collection.findOne(filter, { session });
      const before = found ? toSettings(found) : DEFAULT_SETTINGS;
      const after = apply(before);
      if (after === before) return before;
      const replacement = toSettingsDocument(user, conversation, after);
      await this.collection.replaceOne(filter, replacement, { session, upsert: true });
      await this.outbox.add(session, [changed(user, conversation, after)]);
      return after;
    });
    await this.outbox.flush(_id);
    return settings;
  }
}

function changed(userId: UserId, conversationId: ConversationId, settings: ConversationSettings): OutboxEntry {
  const { version } = settings;
  const payload: ConversationChanged = { version, userId, conversationId, settings };
  return {
    id: newId(),
    entity: settingsKey(userId, conversationId),
    version,
    part: 0,
    topic: TOPIC.conversationChanged,
    key: userId,
    type: CHANGE_EVENT.conversationChanged,
    payload,
    awaitsAnswer: false,
  };
}
