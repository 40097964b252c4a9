import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { waitFor } from '../wait-for.js';
import { freePort } from '../servers/free-port.js';
import { answers } from '../servers/tcp.js';
import { TcpLink } from './tcp-link.js';

describe('a link', () => {
  let server: Server;
  let link: TcpLink;
  let socket: Socket;
  let said = '';
  let closed = false;

  beforeEach(async () => {
    const target = await freePort();
    server = createServer((peer) => void peer.on('error', () => undefined).pipe(peer)).listen(target, '127.0.0.1');
    await once(server, 'listening');
    link = await TcpLink.open({ target });
    socket = await client();
  });

  afterEach(async () => {
    socket.destroy();
    await link.close();
    server.close();
  });

  async function client(): Promise<Socket> {
    said = '';
    closed = false;
    const opened = connect(link.port, '127.0.0.1');
    opened.on('data', (data) => (said += String(data))).on('error', () => undefined);
    opened.on('close', () => (closed = true));
    await once(opened, 'connect');
    return opened;
  }

  const echoOf = (text: string, withinMs = 2000) => waitFor(() => said === text, { withinMs, what: `the echo of ${text}` });

  it('passes everything on, both ways, and an end too', async () => {
    const text = 'much '.repeat(1_000_000);
    socket.end(text);
    await echoOf(text, 20_000);
    await waitFor(() => closed, { withinMs: 2000, what: 'the end' });
  });

  it('is late by its latency in each direction', async () => {
    link.slow(150);
    const began = performance.now();
    socket.write('late');
    await echoOf('late');
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  it('holds what is sent, also over a new connection, and delivers it late after healing, in order', async () => {
    link.hold();
    socket.write('first ');
    const late = await client();
    late.write('second');
    // Longer than an echo takes; that nothing comes can only be waited for.
    await expect(echoOf('second', 200)).rejects.toThrow('Waited');
    await link.heal();
    await echoOf('first second');
    late.destroy();
  });

  it('cuts every connection, and takes new ones', async () => {
    link.cut();
    await waitFor(() => closed, { withinMs: 2000, what: 'the cut' });
    socket = await client();
    socket.write('again');
    await echoOf('again');
  });

  it('ends a connection in the middle of its data', async () => {
    socket.write('ping');
    await echoOf('ping');
    link.tear();
    socket.write('12345678');
    await waitFor(() => closed, { withinMs: 2000, what: 'the end' });
    expect(said.length).toBeLessThan('ping'.length + 8);
  });

  it('refuses connections until it is healed', async () => {
    await link.refuse();
    expect(await answers(link.port)).toBe(false);
    await waitFor(() => closed, { withinMs: 2000, what: 'the end of the connection that was' });
    await link.heal();
    expect(await answers(link.port)).toBe(true);
  });
});
