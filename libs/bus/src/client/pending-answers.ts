import { deferred, type Deferred } from '#kernel';
import { problem } from '#contracts';

interface Waiting extends Deferred<Buffer> {
  timer: NodeJS.Timeout;
}

/** Who waits for which answer, each no longer than its deadline. */
export class PendingAnswers {
  private readonly waiting = new Map<string, Waiting>();

  get size(): number {
    return this.waiting.size;
  }

  /** Rejects with `timeout` when the time is over. `what` is named in that error. */
  expect(correlationId: string, what: string, timeoutMs: number): Promise<Buffer> {
    const answer = deferred<Buffer>();
    const late = () => this.reject(correlationId, problem('timeout', `${what} was not answered within ${timeoutMs} ms`));
    this.waiting.set(correlationId, { ...answer, timer: setTimeout(late, timeoutMs) });
    return answer.promise;
  }

  /** Nothing happens for an answer that nobody waits for (any more). */
  resolve(correlationId: string, value: Buffer): void {
    this.take(correlationId)?.resolve(value);
  }

  reject(correlationId: string, error: unknown): void {
    this.take(correlationId)?.reject(error);
  }

  rejectAll(error: Error): void {
    for (const correlationId of [...this.waiting.keys()]) this.reject(correlationId, error);
  }

  private take(correlationId: string): Waiting | undefined {
    const waiting = this.waiting.get(correlationId);
    if (!waiting) return undefined;
    this.waiting.delete(correlationId);
    clearTimeout(waiting.timer);
    return waiting;
  }
}
