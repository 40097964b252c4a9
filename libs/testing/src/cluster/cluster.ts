import { join } from 'node:path';
import { addressesAsEnv } from '../servers/server-addresses.js';
import { freePort, isFree } from '../servers/free-port.js';
import type { Exit, GuardedProcess } from '../servers/guarded-process.js';
import type { ClusterOptions, Service } from './cluster-options.js';
import { withDatabase } from './database-url.js';
import { newDevelopmentKeys, type DevelopmentKeys } from './development-keys.js';
import { programProcess } from './program.js';

export interface Member {
  /** `message-1`, `gateway-2` … */
  name: string;
  service: Service;
  process: GuardedProcess;
  /** Where `/metrics` and `/health` are. */
  opsUrl: string;
  /** Where clients connect, of a gateway. */
  url: string | undefined;
}

/** Processes of the five services on this machine, over servers that run. Each can be killed, started again, added, taken away. */
export class Cluster {
  readonly keys: DevelopmentKeys;
  readonly env: Readonly<Record<string, string>>;
  private readonly everyone = new Map<string, Member>();
  private readonly started: Record<Service, number> = { gateway: 0, message: 0, conversation: 0, group: 0, user: 0 };

  constructor(private readonly options: ClusterOptions) {
    const { servers, database = 'hecto', keys = newDevelopmentKeys(), env = {} } = options;
    this.keys = keys;
    this.env = {
      ...addressesAsEnv({ ...servers, mongoUrl: withDatabase(servers.mongoUrl, database) }),
      HECTO_JWT_KEYS: keys.jwtKeys,
      HECTO_ADMIN_KEYS: keys.adminKey,
      ...env,
    };
  }

  get members(): readonly Member[] {
    return [...this.everyone.values()];
  }

  of(service: Service): readonly Member[] {
    return this.members.filter((member) => member.service === service);
  }

  /** Of the gateways that run. */
  get urls(): readonly string[] {
    return this.members.flatMap(({ url, process }) => (url !== undefined && process.running ? [url] : []));
  }

  member(name: string): Member {
    const member = this.everyone.get(name);
    if (member === undefined) throw new Error(`No process named ${name}; there are ${[...this.everyone.keys()].join(', ')}`);
    return member;
  }

  /** Starts one more process of the service; resolves when it is ready. */
  async add(service: Service): Promise<Member> {
    const number = ++this.started[service];
    const name = `${service}-${number}`;
    const [opsPort, port] = [await freePort(), service === 'gateway' ? await this.gatewayPort(number) : undefined];
    const env = { ...this.env, ...this.options.serviceEnv?.[service], ...(port === undefined ? {} : { HECTO_PORT: String(port) }) };
    const process = programProcess({ name, program: service, opsPort, env, logFile: join(this.options.logDir, `${name}.log`) });
    const url = port === undefined ? undefined : `http://127.0.0.1:${port}`;
    const member: Member = { name, service, process, opsUrl: `http://127.0.0.1:${opsPort}`, url };
    this.everyone.set(name, member);
    await process.start();
    this.options.say?.(`${name} is ready`);
    return member;
  }

  /** Sends SIGKILL, or another deadly signal; resolves when the process is gone. It can be started again. */
  kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return this.member(name).process.kill(signal);
  }

  /** Starts a process that was killed, on its ports; resolves when it is ready. */
  restart(name: string): Promise<void> {
    return this.member(name).process.start();
  }

  /** Ends a process as an operator would, and forgets it. */
  async remove(name: string): Promise<Exit> {
    const exit = await this.member(name).process.stop();
    this.everyone.delete(name);
    return exit;
  }

  /** Gateways first, so that nobody asks a service that is gone. */
  async stop(): Promise<void> {
    await Promise.all(this.of('gateway').map(({ process }) => process.stop()));
    await Promise.all(this.members.map(({ process }) => process.stop()));
  }

  private async gatewayPort(number: number): Promise<number> {
    const first = this.options.firstGatewayPort;
    if (first === undefined) return freePort();
    const port = first + number - 1;
    if (!(await isFree(port))) throw new Error(`Port ${port}, for gateway-${number}, is taken by another program`);
    return port;
  }
}
