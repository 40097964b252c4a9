import type { ConversationSettings } from '#contracts';

/** What holds until a user changes it. */
export const DEFAULT_SETTINGS: ConversationSettings = { pinned: false, muted: false, draft: '', draftAt: 0, version: 0 };

export interface SettingsChange {
  pinned?: boolean | undefined;
  muted?: boolean | undefined;
  draft?: string | undefined;
}

/** The settings after a change at `now`; the very same object when nothing changes. A draft keeps its time until its text changes. */
export function applySettings(before: ConversationSettings, change: SettingsChange, now: number): ConversationSettings {
  const { pinned = before.pinned, muted = before.muted, draft = before.draft } = change;
  if (pinned === before.pinned && muted === before.muted && draft === before.draft) return before;
  const draftAt = draft === before.draft ? before.draftAt : draft === '' ? 0 : now;
  return { pinned, muted, draft, draftAt, version: before.version + 1 };
}
