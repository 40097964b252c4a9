import { Connection } from 'mongodb/lib/cmap/connection.js';

const { writeCommand } = Connection.prototype;

/**
 * A command that is not written at once waits for its socket to drain, and the driver (7.9.0) waits for ever when the connection is
 * closed meanwhile without an error of the socket's own, as it is after a timeout. With this, the wait ends with the connection (ADR 11).
 */
Connection.prototype.writeCommand = function (this: Connection, command, options): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(this.error ?? new Error(`connection ${this.id} closed`));
    this.once('close', closed);
    const written = writeCommand.call(this, command, options).finally(() => this.off('close', closed));
    written.then(resolve, reject);
  });
};
