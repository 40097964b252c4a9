import { groupConversation, type GroupId, type SendFrame } from '#contracts';
import type { Manner, SendStep } from '../irc/channel-log.js';

/** What a line of a log is as a message's content. */
export interface LineContent {
  text: string;
  /** Missing: said. */
  manner?: Exclude<Manner, 'said'>;
}

export function contentOf({ text, manner }: Pick<SendStep, 'text' | 'manner'>): LineContent {
  return manner === 'said' ? { text } : { text, manner };
}

/** The frame is a function of the file alone: repeated by another run, it is the same message. */
export function sendFrameOf(groupId: GroupId, step: SendStep): SendFrame {
  return {
    conversationId: groupConversation(groupId),
    senderId: step.userId,
    clientMsgId: step.clientMsgId,
    type: 'text',
    content: contentOf(step),
    createdAt: step.createdAt,
  };
}
