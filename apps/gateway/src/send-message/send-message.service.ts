import type { AppError, Clock } from '#kernel';
import type { Bus } from '#bus';
import {
  GROUP_QUESTIONS,
  MESSAGE_COMMAND,
  parseConversationId,
  partitionKey,
  TOPIC,
  type ConversationId,
  type MessageOptions,
  type SendAnswer,
  SendMessage,
  type UserId,
} from '#contracts';
import type { Caller } from '../authentication/caller.js';
import type { Profiles } from '../users/profiles.js';
import { contentText } from './content-text.js';
import type { SendOptions, SendRequest } from './send-message.input.js';
import { senderOf } from './sender.js';
import { targetOf, type Target } from './target.js';

/** From a caller's request to the answered command: both edges send through it. */
export class SendMessageService {
  constructor(
    private readonly bus: Bus,
    private readonly profiles: Profiles,
    private readonly clock: Clock,
  ) {}

  /** The command to submit. Throws what is wrong with the request; nothing has happened then. */
  async prepare(caller: Caller, request: SendRequest): Promise<SendMessage> {
    const senderId = senderOf(caller, request.senderId);
    const target = targetOf(senderId, request);
    const content = contentText(request.content);
    const [sender] = await this.profiles.requireUsers(usersOf(senderId, target));
    return Object.assign(new SendMessage(), {
      conversationId: target.conversationId,
      senderId,
      senderNickname: sender?.nickname ?? '',
      senderAvatar: sender?.avatar ?? '',
      content,
      createdAt: request.createdAt === undefined ? this.clock.now() : Date.parse(request.createdAt),
      ...messageFields(request),
      ...deviceOf(caller),
    });
  }

  /** Appends before it returns, so that calls keep their order in a conversation; resolves when the message is durable. */
  submit(command: SendMessage): Promise<SendAnswer> {
    const key = partitionKey(command.conversationId);
    return this.bus
      .command<SendAnswer>(TOPIC.send, { key, type: MESSAGE_COMMAND.send, payload: command })
      .catch((error: unknown) => this.explain(error as AppError, command));
  }

  /** The message service knows who may send, not why: for a stranger a group that does not exist is one that he is no member of. */
  private async explain(error: AppError, { conversationId, senderId }: SendMessage): Promise<never> {
    if (error.code === 'not_a_member') await this.requireGroup(conversationId, senderId);
    throw error;
  }

  private async requireGroup(conversationId: ConversationId, actorId: UserId): Promise<void> {
    const parsed = parseConversationId(conversationId);
    if (parsed?.kind !== 'group') return;
    try {
      await this.bus.ask(GROUP_QUESTIONS.get, parsed.groupId, { groupId: parsed.groupId, actorId });
    } catch (error) {
      if ((error as AppError).code === 'group_not_found') throw error;
    }
  }
}

/** The sender first; the receiver has to exist before the first message between two is appended. */
function usersOf(senderId: UserId, target: Target): UserId[] {
  return target.kind === 'direct' && target.receiverId !== senderId ? [senderId, target.receiverId] : [senderId];
}

type Taken = Pick<SendMessage, 'clientMsgId' | 'type' | 'mentions' | 'options' | 'ex'>;

function messageFields({ clientMsgId, type, mentions, options, ex }: SendRequest): Taken {
  return {
    clientMsgId,
    type,
    ...(mentions && { mentions }),
    ...(options && { options: flagsOf(options) }),
    ...(ex !== undefined && { ex }),
  };
}

function flagsOf({ unreadCount, conversationUpdate, senderSync }: SendOptions): MessageOptions {
  return {
    ...(unreadCount !== undefined && { unreadCount }),
    ...(conversationUpdate !== undefined && { conversationUpdate }),
    ...(senderSync !== undefined && { senderSync }),
  };
}

function deviceOf(caller: Caller): Pick<SendMessage, 'senderDeviceId' | 'senderPlatform'> {
  if (caller.kind === 'backend') return { senderPlatform: 'server' };
  return { senderDeviceId: caller.deviceId, senderPlatform: caller.platform };
}
