import type { ConversationId, ConversationSettings, UserId } from '#contracts';
import type { SettingsDocument } from './settings.document.js';

export function toSettings({ pinned, muted, draft, draft_at, version }: SettingsDocument): ConversationSettings {
  return { pinned, muted, draft, draftAt: draft_at?.getTime() ?? 0, version };
}

export function toSettingsDocument(user: UserId, conversation: ConversationId, settings: ConversationSettings): SettingsDocument {
  const { pinned, muted, draft, draftAt, version } = settings;
  return {
    _id: settingsKey(user, conversation),
    user_id: user,
    conversation_id: conversation,
    pinned,
    muted,
    draft,
    ...(draftAt > 0 && { draft_at: new Date(draftAt) }),
    version,
  };
}

export function settingsKey(user: UserId, conversation: ConversationId): string {
  return `${user}|${conversation}`;
}
