import { replaceAddresses, SERVICES, TcpLink, type MongoServer, type Service } from '#testing';

export type Server = 'kafka' | 'mongo' | 'redis';

/** Servers whose members speak to each other. */
export type Members = 'mongo' | 'kafka';

/** Who speaks to whom: a service and a server, the members of one, or the clients and the gateways. */
export type LinkName = `${Service}-${Server}` | `${Members}-members` | 'clients-gateway';

/** Which service uses which server, whatever number of members it has. The gateway has no storage, and the others no Redis. */
export const LINK_NAMES: readonly LinkName[] = [
  'clients-gateway',
  ...SERVICES.map((service): LinkName => `${service}-kafka`),
  ...SERVICES.map((service): LinkName => (service === 'gateway' ? 'gateway-redis' : `${service}-mongo`)),
];

/** Where MongoDB's members listen, and what they are known by. */
type MemberPorts = Pick<MongoServer, 'ports' | 'knownPorts'>;

/** The proxies between any two parts of the cluster; one for each process of the second. */
export class Links {
  private readonly byName = new Map<LinkName, TcpLink[]>();

  of(name: LinkName): readonly TcpLink[] {
    const links = this.byName.get(name);
    if (!links) throw new Error(`there is no link ${name}`);
    return links;
  }

  async open(name: LinkName, target: number, translate?: Parameters<typeof TcpLink.open>[0]['translate']): Promise<TcpLink> {
    const link = await TcpLink.open({ target, ...(translate && { translate }) });
    this.byName.set(name, [...(this.byName.get(name) ?? []), link]);
    return link;
  }

  /** Returns the URL by which the service finds the members through links of its own. */
  async openToMongo(service: Service, url: string, { ports, knownPorts }: MemberPorts): Promise<string> {
    const replacements: Record<string, string> = {};
    for (const [index, port] of ports.entries()) {
      const link = await this.open(`${service}-mongo`, port, () => replaceAddresses(replacements));
      replacements[`127.0.0.1:${knownPorts[index] ?? port}`] = `127.0.0.1:${link.port}`;
    }
    return Object.entries(replacements).reduce((text, [from, to]) => text.replace(from, to), url);
  }

  async heal(): Promise<void> {
    await Promise.all([...this.byName.values()].flat().map((link) => link.heal()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.byName.values()].flat().map((link) => link.close()));
  }
}
