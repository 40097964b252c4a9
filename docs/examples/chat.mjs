// node docs/examples/chat.mjs <url> <token of alice> <token of bob>: two sockets, a message from one to the other.
import { setTimeout } from 'node:timers';
import WebSocket from 'ws';

const WITHIN_MS = 10_000;
const [url, ...tokens] = process.argv.slice(2);
try {
  const bob = await open('bob', tokens[1]);
  const alice = await open('alice', tokens[0]);
  const message = { to: { userId: 'bob' }, clientMsgId: 'hello-1', type: 'text', content: { text: 'Hello, Bob' } };
  const answered = alice.frame('an answer', ({ id }) => id === 2);
  const delivered = bob.frame('the message', ({ type, data }) => type === 'message' && data.clientMsgId === 'hello-1');
  alice.socket.send(JSON.stringify({ type: 'send', id: 2, data: message }));
  const { data } = await answered;
  // Sent a second time it gets the first answer again, and is not delivered again.
  if (!data.replayed) await delivered;
  for (const { socket } of [alice, bob]) socket.close();
  process.exitCode = 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** A socket that says who it is, and prints every frame that comes. Fails when it can't connect or isn't let in. */
async function open(name, token) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, 'hecto.v1.json');
  const waiting = new Set();
  /** The first frame from now on that is the one. */
  const frame = (what, isIt) => {
    const arrival = new Promise((resolve, reject) => {
      waiting.add({ isIt, resolve, reject });
      setTimeout(() => reject(new Error(`${name} has waited for ${what} in vain`)), WITHIN_MS).unref();
    });
    // Whoever waits for it is told; nobody has to.
    arrival.catch(() => undefined);
    return arrival;
  };
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connect', id: 1, data: { token } })));
  socket.on('message', (text) => {
    console.log(`${name}:`, String(text));
    const frame = JSON.parse(text);
    if (frame.type === 'error') fail(new Error(`${name} was refused: ${frame.error.message}`));
    for (const one of waiting) if (one.isIt(frame)) one.resolve(frame);
  });
  socket.on('error', (error) => fail(new Error(`${name} can't connect to ${url}: ${error.message || error.code}`)));
  socket.on('close', (code) => fail(new Error(`${name}'s socket was closed (${code})`)));
  function fail(error) {
    for (const one of waiting) one.reject(error);
  }
  await frame('its connection', ({ id }) => id === 1);
  return { socket, frame };
}
