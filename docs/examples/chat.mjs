// node docs/examples/chat.mjs <url> <token of alice> <token of bob>: two sockets, a message from one to the other.
import WebSocket from 'ws';

const [url, ...tokens] = process.argv.slice(2);
const bob = await open('bob', tokens[1]);
const alice = await open('alice', tokens[0]);
const message = { to: { userId: 'bob' }, clientMsgId: 'hello-1', type: 'text', content: { text: 'Hello, Bob' } };
alice.send(JSON.stringify({ type: 'send', id: 2, data: message }));
setTimeout(() => [alice, bob].forEach((socket) => socket.close()), 1000);

/** A socket that says who it is, and prints every frame that comes. */
function open(name, token) {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json');
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connect', id: 1, data: { token } })));
    socket.on('message', (data) => {
      console.log(`${name}:`, String(data));
      if (JSON.parse(data).id === 1) resolve(socket);
    });
  });
}
