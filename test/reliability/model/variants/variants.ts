import type { MessageWiring } from '../process/message-wiring.js';
import type { SmallLog } from '../small-log.js';
import { SMALL_LOGS } from '../small-logs.js';
import { ALL_GUARDS } from '../world/model-setup.js';
import { IgnoringCommitted, IgnoringProgress, KeepingCaches, ReadingKeysFirst } from './assignment-variants.js';
import { CredulousGateway, ReadModelFromCommitted } from './consumer-variants.js';
import { BelievingUnknownCommits, WithoutCompareAndSet } from './storage-variants.js';
import { admittingFirst, endingBeforeTelling, publishingByKey, publishingFirst } from './train-variants.js';
import type { Variant } from './variant.js';

const wired = (name: string, wiring: MessageWiring, log: SmallLog, shows: RegExp): Variant => {
  return { name, guards: { ...ALL_GUARDS, wiring }, log, shows };
};

const HEARD_OUT_OF_PLACE = /^a gateway hears .* is due$/;
const NEVER_HEARD = /^a gateway never hears/;

/** Each must be caught: a search that stays green without one of the guards says nothing about it. To add a guard, add its absence. */
export const VARIANTS: Variant[] = [
  wired('progress without compare-and-set', new WithoutCompareAndSet(), on('retry', 0), /^the progress goes back/),
  wired('caches kept after a lost compare-and-set', new KeepingCaches(), on('retry', 0), /goes to the dead letters, and is a good record$/),
  wired(
    'a commit of unknown outcome believed, because the progress is where it would be',
    new BelievingUnknownCommits(),
    on('slow reads', 1),
    /^record .* is answered "stored: seq 2, .* where "stored: seq 1, .* is due$/,
  ),
  wired('keys read before the progress on assignment', new ReadingKeysFirst(), on('retry', 0), HEARD_OUT_OF_PLACE),
  wired('a redelivered record published because its key exists, whoever’s it is', publishingByKey, on('retry', 0), HEARD_OUT_OF_PLACE),
  wired('admission before dedupe', admittingFirst, on('window', 0), /^record .* is answered "refused: not_a_member" where "stored/),
  wired('publishing before the commit', publishingFirst, on('retry', 0), / is published before MongoDB's majority has decided it$/),
  wired('committing the offset before publishing', endingBeforeTelling, firstOf(on('retry', 1)), NEVER_HEARD),
  {
    name: 'answering before the majority write',
    guards: { ...ALL_GUARDS, commitsAreHeard: 'before the majority' },
    log: on('retry', 0),
    shows: / is answered .* before MongoDB's majority has decided it$/,
  },
  wired(
    'starting at the committed offset although the progress is behind',
    new IgnoringProgress(),
    on('restore', 1),
    /^partition 0 is decided up to 0 of 2, and nothing goes on$/,
  ),
  wired('starting at the progress although the committed offset is behind', new IgnoringCommitted(), on('retry', 1), NEVER_HEARD),
  {
    name: 'consumers that don’t drop late window events',
    guards: { ...ALL_GUARDS, gateway: (truths, users) => new CredulousGateway(truths, users) },
    log: on('repeated rules', 0),
    shows: HEARD_OUT_OF_PLACE,
  },
  {
    name: 'a read model that starts at its committed offset after a restore',
    guards: { ...ALL_GUARDS, readModel: (truths) => new ReadModelFromCommitted(truths) },
    log: on('restore', 1),
    shows: /^a read model never applies/,
  },
];

function on(name: string, troubles: number): SmallLog {
  const log = SMALL_LOGS.find((one) => one.name === name);
  if (!log) throw new Error(`there is no small log "${name}"`);
  return { ...log, troubles };
}

/** With nothing but the first record, so that nothing can be published in a wrong order. */
function firstOf(log: SmallLog): SmallLog {
  return { ...log, partitions: log.partitions.map((entries) => entries.slice(0, 1)) };
}
