import { Injectable } from '@nestjs/common';
import type { ConversationPage, ListConversations } from '#contracts';
import { cutPage } from '../rows/cut-page.js';
import { parseListCursor } from '../rows/list-cursor.js';
import { Messages } from '../rows/messages.js';
import { toItem } from '../rows/to-item.js';
import { DEFAULT_SETTINGS } from '../settings/apply-settings.js';
import { SettingsRepository } from '../settings/settings.repository.js';

@Injectable()
export class ListConversationsService {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly messages: Messages,
  ) {}

  async list({ userId, cursor, limit }: ListConversations): Promise<ConversationPage> {
    const after = cursor === undefined ? undefined : parseListCursor(cursor);
    const [settings, states] = await Promise.all([this.settings.findAll(userId), this.messages.allStates(userId)]);
    const rows = states.map((state) => ({ state, settings: settings.get(state.conversationId) ?? DEFAULT_SETTINGS }));
    const page = cutPage(rows, after, limit);
    const previews = await this.messages.previews(
      userId,
      page.rows.map(({ state }) => state.conversationId),
    );
    const items = page.rows.map((row) => toItem(row, previews[row.state.conversationId] ?? null));
    return { items, nextCursor: page.nextCursor };
  }
}
