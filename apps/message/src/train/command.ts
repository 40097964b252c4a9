import type { CloseWindows, DismissConversation, OpenWindows, Place, SendMessage } from '#contracts';
import type { ReplyAddress } from '#bus';
import type { AppError } from '#kernel';

export type MessageCommand =
  | { kind: 'send'; body: SendMessage }
  | { kind: 'open'; body: OpenWindows }
  | { kind: 'close'; body: CloseWindows }
  | { kind: 'dismiss'; body: DismissConversation };

/** A record of the inbound log, read. */
export interface InboundRecord {
  partition: number;
  offset: number;
  place: Place;
  /** The log's time, milliseconds since the epoch: the only clock of the message path. */
  time: number;
  /** Whether its offset lies below the partition's progress: it was decided before. */
  redelivered: boolean;
  reply: ReplyAddress | undefined;
  /** The id of its key, hex. */
  keyId: string;
  command: MessageCommand;
}

/** A record that can't be read as a command, or can't be stored: it goes to the dead letters with the reason. */
export interface UnreadableRecord {
  partition: number;
  offset: number;
  reason: string;
  reply: ReplyAddress | undefined;
  /** What its sender is told. */
  error: AppError;
}
