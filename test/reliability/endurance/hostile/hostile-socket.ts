import WebSocket from 'ws';
import type { Frame } from '../../client/frame.js';

/** Undefined when nobody lets it in. */
export function openSocket(url: string): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json', { perMessageDeflate: false });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    // Also when the server ends it later.
    socket.on('error', () => resolve(undefined));
  });
}

/** The first frame that comes; undefined when the socket closes before. */
export function sayConnect(socket: WebSocket, token: string): Promise<Frame | undefined> {
  socket.send(JSON.stringify({ type: 'connect', id: 1, data: { token } }));
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as Frame));
    socket.once('close', () => resolve(undefined));
  });
}
