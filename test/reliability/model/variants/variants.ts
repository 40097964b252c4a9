import type { MessageWiring } from '../process/message-wiring.js';
import type { SmallLog } from '../small-log.js';
import { SMALL_LOGS } from '../small-logs.js';
import { ALL_GUARDS } from '../world/model-setup.js';
import { IgnoringCommitted, IgnoringProgress, KeepingCaches, ReadingKeysFirst } from './assignment-variants.js';
import { CredulousGateway, ReadModelFromCommitted } from './consumer-variants.js';
import { BelievingUnknownCommits, WithoutCompareAndSet } from './storage-variants.js';
import { admittingFirst, endingBeforeTelling, publishingByKey, publishingFirst } from './train-variants.js';
import type { Variant } from './variant.js';

const wired = (name: string, wiring: MessageWiring, log: SmallLog): Variant => ({ name, guards: { ...ALL_GUARDS, wiring }, log });

/** Each must be caught: a search that stays green without one of the guards says nothing about it. To add a guard, add its absence. */
export const VARIANTS: Variant[] = [
  wired('progress without compare-and-set', new WithoutCompareAndSet(), on('retry', 0)),
  wired('caches kept after a lost compare-and-set', new KeepingCaches(), on('retry', 0)),
  wired(
    'a commit of unknown outcome believed, because the progress is where it would be',
    new BelievingUnknownCommits(),
    on('slow reads', 1),
  ),
  wired('keys read before the progress on assignment', new ReadingKeysFirst(), on('retry', 0)),
  wired('a redelivered record published because its key exists, whoever’s it is', publishingByKey, on('retry', 0)),
  wired('admission before dedupe', admittingFirst, on('window', 0)),
  wired('publishing before the commit', publishingFirst, on('retry', 0)),
  wired('committing the offset before publishing', endingBeforeTelling, on('retry', 0)),
  {
    name: 'answering before the majority write',
    guards: { ...ALL_GUARDS, commitsAreHeard: 'before the majority' },
    log: on('retry', 0),
  },
  wired('starting at the committed offset although the progress is behind', new IgnoringProgress(), on('restore', 1)),
  wired('starting at the progress although the committed offset is behind', new IgnoringCommitted(), on('retry', 1)),
  {
    name: 'consumers that don’t drop late window events',
    guards: { ...ALL_GUARDS, gateway: (truths, users) => new CredulousGateway(truths, users) },
    log: on('repeated rules', 0),
  },
  {
    name: 'a read model that starts at its committed offset after a restore',
    guards: { ...ALL_GUARDS, readModel: (truths) => new ReadModelFromCommitted(truths) },
    log: on('restore', 1),
  },
];

function on(name: string, troubles: number): SmallLog {
  const log = SMALL_LOGS.find((one) => one.name === name);
  if (!log) throw new Error(`there is no small log "${name}"`);
  return { ...log, troubles };
}
