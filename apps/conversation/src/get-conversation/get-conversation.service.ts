import { Injectable } from '@nestjs/common';
import type { ConversationItem, GetConversation } from '#contracts';
import { Messages } from '../rows/messages.js';
import { toItem } from '../rows/to-item.js';
import { SettingsRepository } from '../settings/settings.repository.js';

@Injectable()
export class GetConversationService {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly messages: Messages,
  ) {}

  async get({ userId, conversationId }: GetConversation): Promise<ConversationItem> {
    const [state, settings, previews] = await Promise.all([
      this.messages.stateOf(userId, conversationId),
      this.settings.find(userId, conversationId),
      this.messages.previews(userId, [conversationId]),
    ]);
    return toItem({ state, settings }, previews[conversationId] ?? null);
  }
}
