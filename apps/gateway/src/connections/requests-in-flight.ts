import { deferred, type Deferred } from '#kernel';
import { LIMITS } from '#contracts';

/** The requests of one socket that wait for their answer. */
export class RequestsInFlight {
  private count = 0;
  private waiting: Deferred<void> | undefined;

  get isFull(): boolean {
    return this.count >= LIMITS.maxInFlight;
  }

  begin(): void {
    this.count += 1;
  }

  end(): void {
    this.count -= 1;
    if (this.count === 0) this.waiting?.resolve();
  }

  /** Resolves when everything is answered, or after `withinMs`. */
  async settled(withinMs: number): Promise<void> {
    if (this.count === 0) return;
    this.waiting ??= deferred();
    const timer = setTimeout(() => this.waiting?.resolve(), withinMs);
    await this.waiting.promise;
    clearTimeout(timer);
  }
}
