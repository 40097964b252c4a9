// node docs/examples/chat.mjs <url> <token of alice> <token of bob>: two sockets, a message from one to the other.
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';

const [url, ...tokens] = process.argv.slice(2);
try {
  const bob = await open('bob', tokens[1]);
  const alice = await open('alice', tokens[0]);
  const message = { to: { userId: 'bob' }, clientMsgId: 'hello-1', type: 'text', content: { text: 'Hello, Bob' } };
  alice.send(JSON.stringify({ type: 'send', id: 2, data: message }));
  await delay(1000);
  for (const socket of [alice, bob]) socket.close();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/** A socket that says who it is, and prints every frame that comes. Fails when it can't connect or isn't let in. */
function open(name, token) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json');
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connect', id: 1, data: { token } })));
    socket.on('message', (data) => {
      console.log(`${name}:`, String(data));
      const frame = JSON.parse(data);
      if (frame.type === 'error') reject(new Error(`${name} was refused: ${frame.error.message}`));
      else if (frame.id === 1) resolve(socket);
    });
    socket.on('error', (error) => reject(new Error(`${name} can't connect to ${url}: ${error.message || error.code}`)));
    socket.on('close', (code) => reject(new Error(`${name}'s socket was closed (${code}) before it was let in`)));
  });
}
