import { SERVICES, type Cluster, type GuardedProcess, type Member, type Servers, type Service } from '#testing';
import { awaitCoordinators } from './coordinators.js';
import type { Links, Server } from './links.js';
import type { RunFolder } from './run-folder.js';
import type { Supervisor } from './supervisor.js';
import type { Volume } from './volume.js';

/** A kind of process that can be killed. */
export type Kind = Service | Server;

const SERVER_KINDS: readonly Server[] = ['mongo', 'kafka', 'redis'];
export const KINDS: readonly Kind[] = [...SERVICES, ...SERVER_KINDS];

export interface WorldParts {
  folder: RunFolder;
  servers: Servers;
  cluster: Cluster;
  links: Links;
  volumes: Partial<Record<Server, Volume>>;
  supervisor: Supervisor;
  say: (line: string) => void;
}

/** Everything that runs in a run, and that faults are played on. */
export class World {
  readonly say: (line: string) => void;

  constructor(private readonly parts: WorldParts) {
    this.say = parts.say;
  }

  get cluster(): Cluster {
    return this.parts.cluster;
  }

  get servers(): Servers {
    return this.parts.servers;
  }

  get links(): Links {
    return this.parts.links;
  }

  get folder(): RunFolder {
    return this.parts.folder;
  }

  get supervisor(): Supervisor {
    return this.parts.supervisor;
  }

  /** Where clients connect: the links to the gateways. */
  get urls(): readonly string[] {
    return this.links.of('clients-gateway').map(({ port }) => `http://127.0.0.1:${port}`);
  }

  volume(server: Server): Volume {
    const volume = this.parts.volumes[server];
    if (!volume) throw new Error(`${server} has no disk of its own in this run`);
    return volume;
  }

  processes(kind: Kind): readonly GuardedProcess[] {
    const { mongo, kafka, redis } = this.servers;
    switch (kind) {
      case 'mongo':
        return mongo?.members ?? [];
      case 'kafka':
        return kafka?.members ?? [];
      case 'redis':
        return redis ? [redis.process] : [];
      case 'gateway':
      case 'message':
      case 'conversation':
      case 'group':
      case 'user':
        return this.cluster.of(kind).map(({ process }) => process);
    }
  }

  /** The one at that place among those of its kind that run now; the places go round. */
  at(kind: Kind, place: number): GuardedProcess {
    const running = this.processes(kind).filter((process) => process.running);
    const process = running[place % running.length];
    if (!process) throw new Error(`no ${kind} runs`);
    return process;
  }

  /** SIGKILL, without anybody starting it again, until `revive`. */
  async kill(process: GuardedProcess): Promise<void> {
    this.supervisor.holdDown(process);
    await process.kill('SIGKILL');
  }

  /** Starts what is down: servers first, for services wait for them. */
  async revive(processes: readonly GuardedProcess[]): Promise<void> {
    const servers = new Set(SERVER_KINDS.flatMap((kind) => this.processes(kind)));
    const isServer = (process: GuardedProcess) => servers.has(process);
    await this.ensure(processes.filter(isServer));
    if (processes.some((process) => this.processes('kafka').includes(process))) await this.awaitCoordinators();
    await this.ensure(processes.filter((process) => !isServer(process)));
  }

  /** Whatever a fault has left behind. */
  async heal(): Promise<void> {
    await this.links.heal();
    await this.revive(KINDS.flatMap((kind) => this.processes(kind)));
  }

  private async ensure(processes: readonly GuardedProcess[]): Promise<void> {
    await Promise.all(processes.map((process) => this.supervisor.ensure(process)));
  }

  private awaitCoordinators(): Promise<void> {
    const brokers = this.processes('kafka');
    const startAgain = async () => {
      await Promise.all(brokers.map((broker) => broker.stop()));
      await this.ensure(brokers);
    };
    return awaitCoordinators({ brokers: this.servers.addresses.kafkaBrokers, startAgain, say: this.say });
  }

  /** Takes a process of the service away, as an operator does; nobody starts it again. */
  async remove({ name, process }: Member): Promise<void> {
    this.supervisor.holdDown(process);
    const { forced } = await this.cluster.remove(name);
    if (forced) throw new Error(`${name} did not end within its time after SIGTERM`);
  }

  /** The whole life of a run; what it made is kept on demand, and whenever something is wrong. */
  async during(run: () => Promise<0 | 1>, keep = false): Promise<0 | 1> {
    if (keep) this.folder.keep();
    try {
      const code = await run();
      if (code !== 0) this.folder.keep();
      return code;
    } catch (error) {
      this.folder.keep();
      throw error;
    } finally {
      await this.stop();
    }
  }

  /** Ends every service as an operator does. Rejects when one does not end in time. */
  async stopServices(): Promise<void> {
    for (const { process } of this.cluster.members) this.supervisor.holdDown(process);
    const late: string[] = [];
    for (const service of [...SERVICES].reverse()) {
      const exits = this.cluster.of(service).map(async ({ name, process }) => (await process.stop()).forced && late.push(name));
      await Promise.all(exits);
    }
    if (late.length > 0) throw new Error(`did not end within their time after SIGTERM: ${late.join(', ')}`);
  }

  /** Everything ends at once; what it kept is the janitor's. */
  async stop(): Promise<void> {
    this.supervisor.stop();
    const everything = KINDS.flatMap((kind) => this.processes(kind));
    await Promise.all(everything.map((process) => process.kill('SIGKILL')));
    await this.servers.stop();
    await this.links.close();
    await Promise.all(Object.values(this.parts.volumes).map((volume) => volume.unmount()));
  }
}
