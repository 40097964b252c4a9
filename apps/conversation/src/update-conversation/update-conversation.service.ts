import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { ConversationItem, UpdateConversation } from '#contracts';
import { CLOCK } from '#runtime';
import { Messages } from '../rows/messages.js';
import { toItem } from '../rows/to-item.js';
import { applySettings } from '../settings/apply-settings.js';
import { SettingsRepository } from '../settings/settings.repository.js';

@Injectable()
export class UpdateConversationService {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly messages: Messages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is not named stays; only in a conversation in which the user has an open window. */
  async update({ userId, conversationId, pinned, muted, draft }: UpdateConversation): Promise<ConversationItem> {
    const [state, previews] = await Promise.all([
      this.messages.stateOf(userId, conversationId),
      this.messages.previews(userId, [conversationId]),
    ]);
    const now = this.clock.now();
    const settings = await this.settings.change(userId, conversationId, (before) => applySettings(before, { pinned, muted, draft }, now));
    return toItem({ state, settings }, previews[conversationId] ?? null);
  }
}
