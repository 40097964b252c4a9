import type { Brand } from '#kernel';

/** A message's place in its conversation: 1, 2, 3 …, dense. 0 stands for "before the first". */
export type Seq = Brand<number, 'Seq'>;

/**
 * A record's place in its partition that stays comparable when the log is replaced: the epoch (raised by `hecto log adopt`)
 * in the bits above 2^40, the offset below. Exact in a double for 8,191 epochs.
 */
export type Place = Brand<number, 'Place'>;

const OFFSETS_PER_EPOCH = 2 ** 40;

export function placeOf(epoch: number, offset: number): Place {
  return (epoch * OFFSETS_PER_EPOCH + offset) as Place;
}

export function offsetOf(place: Place): number {
  return place % OFFSETS_PER_EPOCH;
}

export function epochOf(place: Place): number {
  return Math.floor(place / OFFSETS_PER_EPOCH);
}
