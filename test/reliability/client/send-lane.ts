/** What a socket may have unanswered beside other requests. */
const MAX_IN_FLIGHT = 32;

/**
 * The unanswered sends of one device, in their order. Those in flight are the first ones; after the end of a connection the next one
 * begins again with the very first, so that whatever happened their order is kept.
 */
export class SendLane<Send extends object> {
  private readonly unanswered = new Set<Send>();
  private readonly inFlight = new Set<Send>();

  get size(): number {
    return this.unanswered.size;
  }

  add(send: Send): void {
    this.unanswered.add(send);
  }

  /** Those to put on the wire now; they are in flight from then on. */
  depart(): Send[] {
    const departing: Send[] = [];
    if (this.inFlight.size === this.unanswered.size) return departing;
    for (const send of this.unanswered) {
      if (this.inFlight.size >= MAX_IN_FLIGHT) break;
      if (this.inFlight.has(send)) continue;
      this.inFlight.add(send);
      departing.push(send);
    }
    return departing;
  }

  /** There is an answer, and it is final. */
  answered(send: Send): void {
    this.unanswered.delete(send);
    this.inFlight.delete(send);
  }

  /** No answer will come any more to what is in flight. */
  restart(): void {
    this.inFlight.clear();
  }
}
