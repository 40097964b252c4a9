import type { Place, StoredEvent } from '#contracts';

interface Last {
  place: Place;
  part: number;
}

/** Lets each event of `message.stored.v1` through once: repeats, and what a zombie publishes late, are not above the last seen of their partition. */
export class PlaceFilter {
  private readonly last = new Map<number, Last>();

  isNew(partition: number, { place, part }: Pick<StoredEvent, 'place' | 'part'>): boolean {
    const last = this.last.get(partition);
    if (last && (place < last.place || (place === last.place && part <= last.part))) return false;
    this.last.set(partition, { place, part });
    return true;
  }
}
