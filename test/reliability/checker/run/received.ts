import { PairMap } from './pair-map.js';
import type { Call, Run } from './run.js';
import { SeqSet } from './seq-set.js';
import type { StoredLog } from './stored-log.js';

/** Which messages somebody was given: a device, or a connection, by its number. */
export class Received {
  private readonly sets = new PairMap<SeqSet>();

  add(who: { number: number }, log: StoredLog, seq: number): void {
    this.sets.orMake(who.number, log.number, () => new SeqSet(log.maxSeq)).add(seq);
  }

  /** The seqs from `from` on that it was not given. */
  *missing(who: { number: number }, log: StoredLog, from = 1): Generator<number> {
    const set = this.sets.get(who.number, log.number);
    for (let seq = from; seq <= log.maxSeq; seq += 1) if (!set?.has(seq)) yield seq;
  }
}

/** What an answer gives to its device: the messages of a page, and its own that it sent. */
export function takeAnswer(received: Received, run: Run, { device, asked, answer }: Call): void {
  if (answer?.type === 'send') received.add(device, run.logs.of(answer.conversationId), answer.seq);
  if (answer?.type !== 'history' || asked.operation.type !== 'history') return;
  const log = run.logs.of(asked.operation.conversationId);
  for (const { seq } of answer.items) received.add(device, log, seq);
}
