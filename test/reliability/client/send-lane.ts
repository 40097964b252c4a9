/** What a socket may have unanswered beside other requests. */
const MOST_IN_FLIGHT = 32;

/**
 * The unanswered sends of one device, in their order. Those in flight are the first ones; after the end of a connection the next one
 * begins again with the very first, so that whatever happened their order is kept. How many may be in flight is halved then, and grows
 * again with every answer: a server that is behind isn't buried in repetitions.
 */
export class SendLane<Send extends object> {
  private readonly unanswered = new Set<Send>();
  private readonly inFlight = new Set<Send>();
  private window = MOST_IN_FLIGHT;

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
      if (this.inFlight.size >= this.window) break;
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
    this.window = Math.min(MOST_IN_FLIGHT, this.window + 1);
  }

  /** No answer will come any more to what is in flight. */
  restart(): void {
    if (this.inFlight.size > 0) this.window = Math.max(1, Math.floor(this.window / 2));
    this.inFlight.clear();
  }
}
