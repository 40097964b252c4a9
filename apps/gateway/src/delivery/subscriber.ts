import type { Message } from '#contracts';

/** One socket as delivery sees it. Everything is taken at once or dropped; nothing here waits. */
export interface Subscriber {
  /** A message that the user may read. `frame` is built at the first call, once for all sockets. */
  message(message: Message, frame: () => Buffer): void;
  /** Any other push, as a ready frame; it stands for no message. */
  push(frame: Buffer): void;
}
