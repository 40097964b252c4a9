import { connect, type Socket } from 'node:net';
import type { ISocketFactory } from 'kafkajs';

/** Sockets of a process that can die: after `cut` none of them lives, and no new one comes up. */
export class CuttableSockets {
  private readonly open = new Set<Socket>();
  private dead = false;

  readonly factory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = connect({ host, port }, () => onConnect());
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    if (this.dead) setImmediate(() => socket.destroy(new Error('the process is dead')));
    return socket;
  };

  cut(): void {
    this.dead = true;
    for (const socket of this.open) socket.destroy(new Error('the process is dead'));
  }
}
