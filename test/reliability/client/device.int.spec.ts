import { WebSocketServer, type WebSocket } from 'ws';
import type { AddressInfo } from 'node:net';
import { waitFor } from '#testing';
import type { HistoryLine } from '../history/history.js';
import { Recorder } from '../history/recorder.js';
import { Device } from './device.js';
import { DeviceToken } from './device-token.js';
import { HttpClient } from './http-client.js';

interface Asked {
  type: string;
  id: number;
  data: Record<string, unknown>;
}

type Gateway = (frame: Asked, socket: WebSocket) => object | undefined;

const CONNECTED = { resumed: true, complete: true, moved: [] };
const done = (withinMs = 5000) => ({ withinMs, what: 'it to happen', everyMs: 5 });

/** A gateway that says what the test wants, on this machine's loopback. */
describe('Device', () => {
  let server: WebSocketServer;
  let device: Device;
  let answer: Gateway;
  let asked: Asked[];
  let lines: HistoryLine[];
  const http = new HttpClient();

  beforeEach(async () => {
    [asked, lines, answer] = [[], [], ({ type }) => (type === 'connect' ? CONNECTED : undefined)];
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as Asked;
        asked.push(frame);
        const said = answer(frame, socket);
        if (said)
          socket.send(
            JSON.stringify('code' in said ? { type: 'error', id: frame.id, error: said } : { type: 'ok', id: frame.id, data: said }),
          );
      }),
    );
    await new Promise((resolve) => server.once('listening', resolve));
    const client = { userId: 'alice', deviceId: 'd1' };
    const token = new DeviceToken(client, { mintToken: () => Promise.resolve({ token: 't', expiresAt: Date.now() + 900_000 }) });
    const urls = () => [`http://127.0.0.1:${(server.address() as AddressInfo).port}`];
    const recorder = new Recorder({ append: (line) => lines.push(line) });
    device = new Device({ client, urls, first: 0, token, recorder, http, random: () => 0 });
    device.start();
  });

  afterEach(async () => {
    await device.stop();
    await new Promise((resolve) => server.close(resolve));
    http.close();
  });

  const push = (type: string, data: object) => {
    for (const socket of server.clients) socket.send(JSON.stringify({ type, data }));
  };
  const message = (seq: number) => ({
    conversationId: 'si_a_b',
    seq,
    messageId: `m${seq}`,
    senderId: 'b',
    clientMsgId: `c${seq}`,
    content: 1,
  });
  const send = (n: number) => ({ to: { userId: 'bob' }, clientMsgId: `m${n}`, content: { n } });
  const page = (from: number, to: number) => {
    const items = Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
    return { items, minSeq: 1, maxSeq: to, complete: true };
  };

  it('repeats its sends in order on a new connection when one is refused for now', async () => {
    let connects = 0;
    answer = ({ type, data }) => {
      if (type === 'connect') connects += 1;
      if (type === 'connect') return CONNECTED;
      // What was sent behind it fails too, as docs/protocol.md says.
      if (connects === 1 && data['clientMsgId'] !== 'm1') return { code: 'unavailable', retryable: true };
      return { conversationId: 'si_alice_bob', seq: Number(String(data['clientMsgId']).slice(1)), messageId: 'x', replayed: false };
    };
    const answers: string[] = [];
    for (const n of [1, 2, 3]) device.send(send(n), ({ outcome }) => answers.push(`${n} ${outcome}`));
    await waitFor(() => device.unanswered === 0, done());
    const sent = asked.flatMap(({ type, data }) => (type === 'send' ? [data['clientMsgId']] : []));
    expect(sent).toEqual(['m1', 'm2', 'm3', 'm2', 'm3']);
    expect([connects, answers]).toEqual([2, ['1 ok', '2 ok', '3 ok']]);
    expect(device.cursors.upTo('si_alice_bob')).toBe(3);
    const outcomes = lines.flatMap((line) => (line.kind === 'return' ? [line.outcome] : []));
    expect(outcomes).toContain('unknown');
  });

  it('pulls what lies between when a gap does not close by itself', async () => {
    answer = ({ type, data }) => (type === 'connect' ? CONNECTED : page((data['afterSeq'] as number) + 1, 4));
    await waitFor(() => device.isCaughtUp, done());
    push('message', message(1));
    push('message', message(4));
    await waitFor(() => device.cursors.upTo('si_a_b') === 4, done());
    expect(asked.at(-1)).toMatchObject({ type: 'history', data: { conversationId: 'si_a_b', afterSeq: 1 } });
  });

  it('comes back with its cursors, and fetches what moved meanwhile', async () => {
    await waitFor(() => device.isCaughtUp, done());
    push('message', message(1));
    await waitFor(() => device.cursors.upTo('si_a_b') === 1, done());
    const moved = [{ conversationId: 'si_a_b', minSeq: 1, maxSeq: 3, readSeq: 0 }];
    answer = ({ type, data }) => (type === 'connect' ? { ...CONNECTED, moved } : page((data['afterSeq'] as number) + 1, 3));
    device.disconnect('cut');
    await waitFor(() => device.cursors.upTo('si_a_b') === 3, done());
    expect(asked.filter(({ type }) => type === 'connect').at(-1)?.data).toMatchObject({ resume: { cursors: { si_a_b: 1 } } });
    expect(lines.flatMap((line) => (line.kind === 'socket' ? [line.event] : []))).toEqual(['open', 'closed', 'open']);
  });

  it('asks nothing on a connection before its connect is answered', async () => {
    await waitFor(() => device.isCaughtUp, done());
    let release: (() => void) | undefined;
    answer = ({ type, id, data }, socket) => {
      if (type !== 'connect') return page((data['afterSeq'] as number) + 1, 2);
      release = () => socket.send(JSON.stringify({ type: 'ok', id, data: CONNECTED }));
      return undefined;
    };
    device.disconnect('cut');
    await waitFor(() => release, done());
    device.cursors.learn({ type: 'hint', conversationId: 'si_a_b', maxSeq: 2 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked.at(-1)?.type).toBe('connect');
    release?.();
    await waitFor(() => device.cursors.upTo('si_a_b') === 2, done());
  });

  it('sends nothing behind a farewell, and comes back when it was told to', async () => {
    await waitFor(() => device.isCaughtUp, done());
    const before = performance.now();
    push('closing', { code: 4001, reason: 'going_away', reconnectAfterMs: 300, message: '' });
    push('message', message(1));
    await waitFor(() => device.cursors.upTo('si_a_b') === 1, done());
    device.send(send(1), () => undefined);
    answer = ({ type }) => (type === 'connect' ? CONNECTED : { conversationId: 'si_alice_bob', seq: 1, messageId: 'x', replayed: false });
    for (const socket of server.clients) socket.close(4001);
    await waitFor(() => device.unanswered === 0, done());
    expect(performance.now() - before).toBeGreaterThan(290);
    expect(asked.map(({ type }) => type)).toEqual(['connect', 'connect', 'send']);
  });
});
