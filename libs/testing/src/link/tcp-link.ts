import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../servers/free-port.js';
import { LinkLane, type LinkConduct, type Translate } from './link-lane.js';

export interface LinkOptions {
  /** Where it leads, on 127.0.0.1; need not listen yet. */
  target: number;
  /** Where it begins. Default: a free one. */
  port?: number;
  /** Made for each connection: changes what comes from the target. */
  translate?: () => Translate;
}

interface Connection {
  sockets: readonly [client: Socket, target: Socket];
  lanes: readonly LinkLane[];
}

/** A TCP proxy between two parts on this machine, with which a test makes their network fail. */
export class TcpLink {
  private readonly connections = new Set<Connection>();
  private readonly conduct: LinkConduct = { latencyMs: 0, held: false, tearing: false };
  private server: Server | undefined;

  private constructor(
    readonly port: number,
    private readonly options: LinkOptions,
  ) {}

  static async open(options: LinkOptions): Promise<TcpLink> {
    const link = new TcpLink(options.port ?? (await freePort()), options);
    await link.listen();
    return link;
  }

  /** Every byte takes this long from now on (ms). */
  slow(latencyMs: number): void {
    this.conduct.latencyMs = latencyMs;
  }

  /** Accepts connections and data, and passes nothing on: as when packets are lost. After `heal` what was held arrives, late, as TCP has it. */
  hold(): void {
    this.conduct.held = true;
    this.resumeAll();
  }

  /** Ends every connection, at once and without a word. */
  cut(): void {
    for (const { sockets } of this.connections) for (const socket of sockets) socket.resetAndDestroy();
  }

  /** Every connection ends in the middle of the next data that passes, until `heal`. */
  tear(): void {
    this.conduct.tearing = true;
  }

  /** Ends every connection and refuses new ones. */
  async refuse(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    this.cut();
    await closed;
  }

  /** As if nothing had been. */
  async heal(): Promise<void> {
    Object.assign(this.conduct, { latencyMs: 0, held: false, tearing: false });
    this.resumeAll();
    if (!this.server) await this.listen();
  }

  async close(): Promise<void> {
    await this.refuse();
  }

  private resumeAll(): void {
    for (const { lanes } of this.connections) for (const lane of lanes) lane.resume();
  }

  private async listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.join(client));
    server.listen({ port: this.port, host: '127.0.0.1' });
    await once(server, 'listening');
    this.server = server;
  }

  private join(client: Socket): void {
    const target = connect({ port: this.options.target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const there = new LinkLane(client, target, this.conduct);
    const back = new LinkLane(target, client, this.conduct, this.options.translate?.());
    const connection: Connection = { sockets: [client, target], lanes: [there, back] };
    this.connections.add(connection);
    const end = (other: Socket) => () => {
      this.connections.delete(connection);
      other.destroySoon();
    };
    // What went wrong shows as the end of the connection, as it would without a proxy.
    for (const socket of connection.sockets) socket.on('error', () => undefined);
    client.once('close', end(target));
    target.once('close', end(client));
  }
}
