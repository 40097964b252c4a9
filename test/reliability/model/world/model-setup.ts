import type { MachineLog } from '../process/machine.js';
import { MessageWiring } from '../process/message-wiring.js';
import { keyIdOf, receivedRecord, type SmallLog } from '../small-log.js';
import { type PartitionTruth } from '../truth/partition-truth.js';
import { GatewayTwin } from './gateway-twin.js';
import { ReadModelTwin } from './read-model-twin.js';

/** What a variant may put in the place of the product's parts. */
export interface Guards {
  wiring: MessageWiring;
  gateway(truths: readonly PartitionTruth[], users: readonly string[]): GatewayTwin;
  readModel(truths: readonly PartitionTruth[]): ReadModelTwin;
  /** `majority`: a commit is heard when it can't be undone. */
  commitsAreHeard: 'at the majority' | 'before the majority';
}

export const ALL_GUARDS: Guards = {
  wiring: new MessageWiring(),
  gateway: (truths, users) => new GatewayTwin(truths, users),
  readModel: (truths) => new ReadModelTwin(truths),
  commitsAreHeard: 'at the majority',
};

export function machineLog({ partitions, splitEvents = false, cursors = false }: SmallLog): MachineLog {
  return {
    records: (partition, from, count) =>
      (partitions[partition] ?? []).slice(from, from + count).map((entry, i) => receivedRecord(entry, partition, from + i)),
    keyIds: [...new Set(partitions.flat().flatMap((entry) => keyIdOf(entry) ?? []))],
    splitEvents,
    cursors,
  };
}

export function usersOf({ partitions }: SmallLog): string[] {
  const named = partitions.flat().flatMap((entry) => {
    if (entry.kind === 'send' || entry.kind === 'cursed')
      return entry.to.startsWith('si_') ? [entry.from, ...entry.to.slice(3).split('_')] : [entry.from];
    return entry.kind === 'open' || entry.kind === 'close' ? entry.users : [];
  });
  return [...new Set(named)];
}
