import type { Message, PushData, PushType } from '#contracts';
import { messageText } from './message-text.js';
import { textFrame } from './text-frame.js';

/** A push, ready for any number of sockets. */
export function pushFrame<T extends Exclude<PushType, 'message'>>(type: T, data: PushData<T>): Buffer {
  return textFrame(JSON.stringify({ type, data }));
}

export function messageFrame(message: Message): Buffer {
  return textFrame(`{"type":"message","data":${messageText(message)}}`);
}
