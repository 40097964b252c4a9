import { deferred } from '#kernel';

/** A latch between one that notifies and one that waits: a notification before the wait is not lost. */
export class Signal {
  private raised = false;
  private waiting = deferred();

  notify(): void {
    this.raised = true;
    this.waiting.resolve();
  }

  /** Resolves at the next notification, or at once when there was one since the last `wait`. */
  async wait(): Promise<void> {
    if (!this.raised) await this.waiting.promise;
    this.raised = false;
    this.waiting = deferred();
  }
}
