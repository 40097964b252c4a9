/** What connection-write.patch.ts changes: the driver has no types for its inner parts. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { EventEmitter } from 'node:events';

  export class Connection extends EventEmitter {
    readonly id: number;
    /** Why it was closed. */
    readonly error: Error | null;
    writeCommand: (this: Connection, command: unknown, options: unknown) => Promise<void>;
  }
}
