import type { ServerAddresses } from '../servers/server-addresses.js';
import type { DevelopmentKeys } from './development-keys.js';

export const SERVICES = ['message', 'conversation', 'group', 'user', 'gateway'] as const;
export type Service = (typeof SERVICES)[number];

export interface ClusterOptions {
  servers: ServerAddresses;
  /** How many processes of each service (default 1). */
  counts?: Partial<Record<Service, number>>;
  /** Default `hecto`. One log goes with one database: never give a database to a Kafka that has served another. */
  database?: string;
  /** Gets one file for each process. */
  logDir: string;
  /** Of the first gateway; the next have the ports after it. Default: free ones. */
  firstGatewayPort?: number;
  keys?: DevelopmentKeys;
  /** More settings, for every process. */
  env?: Readonly<Record<string, string>>;
  /** And for every process of one service. */
  serviceEnv?: Partial<Record<Service, Readonly<Record<string, string>>>>;
  say?: (line: string) => void;
}
