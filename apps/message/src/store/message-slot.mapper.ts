import { createHash } from 'node:crypto';
import {
  CONTENT_TYPES,
  type ContentType,
  type ConversationId,
  type Message,
  parseConversationId,
  type Platform,
  PLATFORMS,
  type Seq,
  type UserId,
} from '#contracts';
import type { MessageBodyDocument } from './message-body.document.js';
import type { SlotDocument, StoredMessageDocument } from './message-bucket.document.js';

/** Content, mentions and `ex` of a message together; what is larger goes aside. */
const MAX_SLOT_BYTES = 4096;

const contentTypeByNumber = new Map(Object.entries(CONTENT_TYPES).map(([name, number]) => [number as number, name as ContentType]));
const platformByNumber = new Map(Object.entries(PLATFORMS).map(([name, number]) => [number as number, name as Platform]));

export function bodyId(conversation: ConversationId, seq: number): string {
  return `${conversation}:${seq}`;
}

/** The slot of a message, and its body when that is too large for the slot. */
export function toSlot(message: Message, counted: number): { slot: SlotDocument; body: MessageBodyDocument | undefined } {
  const large = {
    content: message.content,
    ...(message.mentions && { mentions: message.mentions }),
    ...(message.ex !== undefined && { ex: message.ex }),
  };
  const bytes = sizeOf(message);
  const aside = bytes > MAX_SLOT_BYTES;
  const content = aside ? { body: { bytes, sha256: createHash('sha256').update(message.content).digest('base64url') } } : large;
  return {
    slot: { msg: { ...fixedFields(message), ...content, counted } },
    body: aside ? { _id: bodyId(message.conversationId, message.seq), ...large } : undefined,
  };
}

/** The message of a slot, with its body where it lies aside. */
export function toMessage(conversationId: ConversationId, { msg }: SlotDocument, body: MessageBodyDocument | undefined): Message {
  const large = body ?? msg;
  if (large.content === undefined) throw new Error(`the body of ${conversationId} seq ${msg.seq} is missing`);
  const platform = msg.platform === undefined ? undefined : platformByNumber.get(msg.platform);
  return {
    conversationId,
    seq: msg.seq as Seq,
    messageId: msg.id,
    clientMsgId: msg.client_msg_id as Message['clientMsgId'],
    senderId: msg.sender_id as UserId,
    ...(msg.device_id !== undefined && { senderDeviceId: msg.device_id }),
    ...(platform && { senderPlatform: platform }),
    senderNickname: msg.nickname,
    senderAvatar: msg.avatar,
    ...receiverOf(conversationId, msg.sender_id),
    type: contentTypeByNumber.get(msg.type) ?? 'custom',
    content: large.content,
    ...(large.mentions && { mentions: large.mentions as UserId[] }),
    ...(msg.options && { options: msg.options }),
    ...(large.ex !== undefined && { ex: large.ex }),
    sentAt: msg.sent_at,
    createdAt: msg.created_at,
    status: 'sent',
  };
}

function fixedFields(message: Message): Omit<StoredMessageDocument, 'content' | 'body' | 'mentions' | 'ex' | 'counted'> {
  return {
    seq: message.seq,
    id: message.messageId,
    client_msg_id: message.clientMsgId,
    sender_id: message.senderId,
    ...(message.senderDeviceId !== undefined && { device_id: message.senderDeviceId }),
    ...(message.senderPlatform && { platform: PLATFORMS[message.senderPlatform] }),
    nickname: message.senderNickname,
    avatar: message.senderAvatar,
    type: CONTENT_TYPES[message.type],
    ...(message.options && { options: { ...message.options } }),
    sent_at: message.sentAt,
    created_at: message.createdAt,
  };
}

function sizeOf({ content, mentions = [], ex = '' }: Message): number {
  return Buffer.byteLength(content) + Buffer.byteLength(ex) + mentions.reduce((sum, user) => sum + user.length + 12, 0);
}

function receiverOf(conversationId: ConversationId, sender: string): Pick<Message, 'sessionType' | 'receiverId' | 'groupId'> {
  const parsed = parseConversationId(conversationId);
  if (parsed?.kind === 'group') return { sessionType: 'group', groupId: parsed.groupId };
  if (parsed?.kind !== 'direct') return { sessionType: 'notification' };
  const [a, b] = parsed.members;
  return { sessionType: 'direct', receiverId: a === sender ? b : a };
}
