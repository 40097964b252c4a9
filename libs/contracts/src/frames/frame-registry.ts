import { ConnectAnswer, ConnectFrame, PingAnswer, PingFrame, RefreshAnswer, RefreshFrame } from './connect-frame.js';
import { HistoryAnswer, HistoryFrame, MessageView, ReadAnswer, ReadFrame, SendFrame, SendFrameAnswer } from './message-frames.js';
import { Closing, ConversationClosed, ConversationOpened, Hint, Resync, ServerPing } from './push-frames.js';
import { SyncAnswer, SyncFrame } from './sync-frame.js';

type FrameClass<T extends object> = new () => T;

export interface RequestFrameSpec<Data extends object = object, Answer extends object = object> {
  about: string;
  data: FrameClass<Data>;
  answer: FrameClass<Answer>;
}

export interface PushFrameSpec<Data extends object = object> {
  about: string;
  data: FrameClass<Data>;
}

function request<Data extends object, Answer extends object>(
  data: FrameClass<Data>,
  answer: FrameClass<Answer>,
  about: string,
): RequestFrameSpec<Data, Answer> {
  return { about, data, answer };
}

function push<Data extends object>(data: FrameClass<Data>, about: string): PushFrameSpec<Data> {
  return { about, data };
}

/** What a client may send, by `type`. docs/asyncapi.json is rendered from this. */
export const REQUEST_FRAMES = {
  connect: request(ConnectFrame, ConnectAnswer, 'Says who is there. The first frame, within 10 s.'),
  refresh: request(RefreshFrame, RefreshAnswer, 'Hands in a new access token before the old one runs out.'),
  send: request(SendFrame, SendFrameAnswer, 'Sends a message. Answered when it is durable and has its seq.'),
  read: request(ReadFrame, ReadAnswer, 'Moves the read cursor of a conversation forward.'),
  history: request(HistoryFrame, HistoryAnswer, 'Reads messages of a conversation.'),
  sync: request(SyncFrame, SyncAnswer, 'Asks which conversations moved beyond the client’s cursors.'),
  ping: request(PingFrame, PingAnswer, 'Asks whether the server is there.'),
} as const;

/** What the server sends by itself, by `type`. */
export const PUSH_FRAMES = {
  message: push(MessageView, 'A message was stored in a conversation that the user may read.'),
  hint: push(Hint, 'Stands for the bodies of messages that were not sent because the client reads too slowly.'),
  'conversation.opened': push(ConversationOpened, 'The user may read and send in a conversation from here on.'),
  'conversation.closed': push(ConversationClosed, 'The user may neither read nor send in a conversation from here on.'),
  'conversation.dismissed': push(ConversationClosed, 'Nobody can send in a conversation from here on; it stays readable.'),
  resync: push(Resync, 'The server may have missed something: send a `sync` for all conversations.'),
  ping: push(ServerPing, 'Shows that the connection lives; needs no answer.'),
  closing: push(Closing, 'The socket will be closed by the server.'),
} as const;

export type RequestType = keyof typeof REQUEST_FRAMES;
export type PushType = keyof typeof PUSH_FRAMES;
/** What a class shows, as a plain object. */
type Fields<T> = { [Key in keyof T]: T[Key] };
export type AnswerData<T extends RequestType> = Fields<InstanceType<(typeof REQUEST_FRAMES)[T]['answer']>>;
export type PushData<T extends PushType> = Fields<InstanceType<(typeof PUSH_FRAMES)[T]['data']>>;

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(REQUEST_FRAMES, type);
}
