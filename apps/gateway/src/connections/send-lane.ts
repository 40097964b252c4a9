import { AppError } from '#kernel';
import { problem } from '#contracts';

/** A send that is not submitted yet. */
interface Ticket {
  place: number;
  refused: boolean;
}

/**
 * The sends of one socket, submitted in the order of the calls; preparing overlaps. When one fails so that its sender will repeat it,
 * everything behind it that is not submitted yet is refused retryably too: else it would be stored before what it was sent after.
 */
export class SendLane {
  private tail: Promise<unknown> = Promise.resolve();
  private places = 0;
  private readonly waiting = new Set<Ticket>();

  async run<Command, Answer>(prepare: () => Promise<Command>, submit: (command: Command) => Promise<Answer>): Promise<Answer> {
    const ticket: Ticket = { place: ++this.places, refused: false };
    this.waiting.add(ticket);
    const prepared = this.watched(ticket, prepare());
    const submitted = this.tail.then(async () => {
      try {
        const command = await prepared;
        if (ticket.refused) throw problem('unavailable', 'an earlier send of this connection failed: repeat them in order');
        return { answer: this.watched(ticket, submit(command)) };
      } finally {
        this.waiting.delete(ticket);
      }
    });
    this.tail = submitted.catch(() => undefined);
    return (await submitted).answer;
  }

  private watched<T>({ place }: Ticket, outcome: Promise<T>): Promise<T> {
    outcome.catch((error: unknown) => {
      if (error instanceof AppError && error.retryable) this.refuseBehind(place);
    });
    return outcome;
  }

  private refuseBehind(place: number): void {
    for (const ticket of this.waiting) if (ticket.place > place) ticket.refused = true;
  }
}
