import { bodyId, toSlot } from '../../../../message/src/store/message-slot.mapper.js';
import type { Finding } from '../finding.js';
import { conversationOf, finding, placedMessages, type ConversationPage, type PlacedMessage } from './conversation-page.js';
import { messageOf } from './key-rules.js';

/** Bodies lie exactly where slots name them, and are what the slots say: size and hash. */
export function checkBodies(page: ConversationPage): Finding[] {
  const conversation = conversationOf(page);
  const messages = placedMessages(page);
  // Where the slot itself is missing, that is the finding.
  const small = new Set(messages.filter(({ msg }) => !msg.body).map(({ seq }) => bodyId(conversation, seq)));
  const strays = page.bodies
    .filter(({ _id }) => small.has(_id))
    .map(({ _id }) => finding('bodies', [`msg_body ${_id}`], 'no slot names this body'));
  return [...messages.flatMap((message) => checkBody(page, message)), ...strays];
}

function checkBody(page: ConversationPage, { seq, bucket, msg }: PlacedMessage): Finding[] {
  const documents = [`msg_body ${bodyId(conversationOf(page), seq)}`, `msg ${bucket}`];
  if (!msg.body && typeof msg.content !== 'string') return [finding('bodies', [`msg ${bucket}`], `seq ${seq} has no content`)];
  const message = messageOf(page, msg);
  if (!message) return [finding('bodies', documents, `the body of seq ${seq} is missing`)];
  const wanted = toSlot(message, msg.counted).slot.msg.body;
  if (wanted?.bytes === msg.body?.bytes && wanted?.sha256 === msg.body?.sha256) return [];
  return [finding('bodies', documents, `the slot of seq ${seq} says ${said(msg.body)}, the content is ${said(wanted)}`)];
}

function said(body: PlacedMessage['msg']['body']): string {
  return body ? `${body.bytes} bytes with hash ${body.sha256}` : 'that it lies in the slot itself';
}
