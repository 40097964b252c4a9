import { Command, InvalidArgumentError, Option } from 'commander';
import { SERVICES, type Service } from '#testing';
import { runCluster, type ClusterPlan } from './run-cluster.js';

type Flags = Partial<Record<Service, number>> & { dir: string; port: number; mongoMembers: '1' | '3' };

/** `hecto cluster`: the production shape on this machine. */
export function clusterCommand(): Command {
  const command = new Command('cluster')
    .description('run N processes of each service on this machine, over a real Kafka, MongoDB and Redis; Ctrl-C stops all')
    .option('--port <port>', 'of the first gateway; the next have the ports after it', wholeNumber, 8080)
    .option('--dir <folder>', 'for data and logs, kept between starts', 'data/cluster')
    .addOption(new Option('--mongo-members <n>', 'members of the MongoDB replica set').choices(['1', '3']).default('1'));
  for (const service of SERVICES) command.option(`--${service} <n>`, `processes of ${service} (default: 1)`, wholeNumber);
  return command.action((flags: Flags) => runCluster(planOf(flags)));
}

function planOf({ dir, port, mongoMembers, ...counts }: Flags): ClusterPlan {
  return { dataDir: dir, firstGatewayPort: port, mongoMembers: mongoMembers === '3' ? 3 : 1, counts };
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}
