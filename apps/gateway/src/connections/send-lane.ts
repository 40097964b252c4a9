import { AppError } from '#kernel';
import { problem } from '#contracts';

/**
 * The sends of one socket, submitted in the order of the calls; preparing overlaps. When one fails so that its sender will repeat it,
 * everything behind it that is not submitted yet is refused retryably too: else it would be stored before what it was sent after.
 */
export class SendLane {
  private tail: Promise<unknown> = Promise.resolve();
  /** Raised by each such failure; a send belongs to the one in which it came. */
  private generation = 0;

  async run<Command, Answer>(prepare: () => Promise<Command>, submit: (command: Command) => Promise<Answer>): Promise<Answer> {
    const { generation } = this;
    const prepared = this.watched(prepare());
    const submitted = this.tail.then(async () => {
      const command = await prepared;
      if (generation !== this.generation) throw problem('unavailable', 'an earlier send of this connection failed: repeat them in order');
      return { answer: this.watched(submit(command)) };
    });
    this.tail = submitted.catch(() => undefined);
    return (await submitted).answer;
  }

  private watched<T>(outcome: Promise<T>): Promise<T> {
    outcome.catch((error: unknown) => {
      if (error instanceof AppError && error.retryable) this.generation += 1;
    });
    return outcome;
  }
}
