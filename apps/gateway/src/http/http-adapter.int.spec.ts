import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { deferred } from '#kernel';
import type { Problems } from '../problems/problem-details.js';
import { HttpAdapter } from './http-adapter.js';

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe('a server that closes', () => {
  it('still answers what comes on a connection that is in use', async () => {
    const [asked, release] = [deferred(), deferred()];
    const server = new HttpAdapter({ trustedProxies: [], problems: {} as Problems }).getInstance();
    server.get('/slow', async () => {
      asked.resolve();
      await release.promise;
      return 'slow';
    });
    server.get('/late', () => 'late');
    await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    let received = '';
    socket.on('data', (data) => (received += data.toString()));
    socket.write(GET('/slow'));
    await asked.promise;

    const closed = server.close();
    socket.write(GET('/late'));
    // The server reads the second request before the first is answered.
    await new Promise((resolve) => server.server.once('request', resolve));
    release.resolve();
    await once(socket, 'close');
    await closed;

    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(received).toMatch(/slow[^]*late$/);
  });
});
