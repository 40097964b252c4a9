import type { ConversationId, Message } from '#contracts';
import { messageIdOf, messageKey, payloadHash } from '../../../../message/src/train/message-key.js';
import { bodyId, toMessage } from '../../../../message/src/store/message-slot.mapper.js';
import type { MessageBodyDocument } from '../../../../message/src/store/message-body.document.js';
import type { MessageKeyDocument } from '../../../../message/src/store/message-key.document.js';
import type { Finding } from '../finding.js';
import { conversationOf, decidedBelow, finding, placedMessages, type ConversationPage, type PlacedMessage } from './conversation-page.js';

type Sent = Pick<PlacedMessage['msg'], 'sender_id' | 'client_msg_id'>;

/** The id, in hex, of the key that a message must have. */
export function keyIdOf(conversation: ConversationId, { sender_id, client_msg_id }: Sent): string {
  return messageKey(conversation, sender_id, client_msg_id).toString('hex');
}

/** Every message has its key: it names the message's seq, time and content, and rises through the log as the seqs do. */
export function checkKeys(page: ConversationPage, carriedPlace: number): { findings: Finding[]; place: number } {
  const keys = new Map(page.keys.map((key) => [key._id.toString('hex'), key]));
  const findings: Finding[] = [];
  let place = carriedPlace;
  for (const message of placedMessages(page)) {
    const id = keyIdOf(conversationOf(page), message.msg);
    const key = keys.get(id);
    const problems = key ? problemsOf(page, message, key, place) : ['there is none'];
    const documents = [`msg_key ${id}`, `msg ${message.bucket}`];
    findings.push(...problems.map((what) => finding('keys', documents, `the key of seq ${message.seq}: ${what}`)));
    // A key of another message says nothing of where the log was here.
    if (key?.result === message.seq) place = Math.max(place, key.place);
  }
  return { findings, place };
}

function problemsOf(page: ConversationPage, { seq, msg }: PlacedMessage, key: MessageKeyDocument, before: number): string[] {
  const id = messageIdOf(Buffer.from(key._id.toString('hex'), 'hex'));
  if (key.result !== seq) return [`it says seq ${key.result}`];
  const decided = decidedBelow(page.progress);
  return [
    key.time === msg.sent_at ? '' : `its time ${key.time} is not the message's, ${msg.sent_at}`,
    msg.id === id ? '' : `the message calls itself ${msg.id} instead of ${id}`,
    key.place > before ? '' : `its place in the log, ${key.place}, is not behind that of the seq before, ${before}`,
    decided === undefined || key.place < decided ? '' : `its place in the log, ${key.place}, is not decided yet (up to ${decided})`,
    [key.payload_hash, undefined].includes(hashOf(page, msg)) ? '' : 'it was made for another content',
  ].filter((problem) => problem !== '');
}

/** Undefined without the content, which is another rule's finding. */
function hashOf(page: ConversationPage, msg: PlacedMessage['msg']): string | undefined {
  const message = messageOf(page, msg);
  return message && payloadHash(message);
}

/** The message that a slot and its body make; undefined without its content. */
export function messageOf(page: Pick<ConversationPage, 'seq' | 'bodies'>, msg: PlacedMessage['msg']): Message | undefined {
  const conversation = conversationOf(page);
  const body = msg.body && bodyById(page.bodies).get(bodyId(conversation, msg.seq));
  return (msg.body ? body : msg)?.content === undefined ? undefined : toMessage(conversation, { msg }, body);
}

const maps = new WeakMap<readonly MessageBodyDocument[], ReadonlyMap<string, MessageBodyDocument>>();

/** Several rules look for the same ones. */
function bodyById(bodies: readonly MessageBodyDocument[]): ReadonlyMap<string, MessageBodyDocument> {
  const map = maps.get(bodies) ?? new Map(bodies.map((body) => [body._id, body]));
  maps.set(bodies, map);
  return map;
}

/** Where a stray key says that its message is. */
export interface KeptSlot extends Sent {
  seq: number;
}

/** Every key of a send has its message: where it says, and of its sender and id. */
export function checkStrayKeys(
  conversation: ConversationId,
  keys: readonly MessageKeyDocument[],
  slots: ReadonlyMap<number, KeptSlot>,
): Finding[] {
  return keys.filter(isOfSend).flatMap((key) => {
    const id = key._id.toString('hex');
    const slot = slots.get(key.result);
    if (slot && keyIdOf(conversation, slot) === id) return [];
    const instead = slot ? `is the message ${slot.client_msg_id} of ${slot.sender_id}` : 'is not there';
    return [finding('keys', [`msg_key ${id}`], `it is the key of seq ${key.result} of ${conversation}, which ${instead}`)];
  });
}

/** Those of rules have none. */
function isOfSend({ payload_hash }: MessageKeyDocument): boolean {
  return payload_hash !== undefined;
}
