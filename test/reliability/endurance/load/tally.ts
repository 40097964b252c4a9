import type { Frame } from '../../client/frame.js';
import { Latency } from '../measure/latency.js';

/** What became of the sends of one phase. */
export class Tally {
  sent = 0;
  answered = 0;
  /** The connection was lost before an answer came, or there was none. */
  unanswered = 0;
  delivered = 0;
  readonly answerTime = new Latency();
  readonly deliveryTime = new Latency();
  readonly refused = new Map<string, number>();
  /** Codes that came with `retryable: false`. */
  readonly final = new Set<string>();

  get settled(): number {
    return this.answered + this.unanswered + this.refusedCount;
  }

  get refusedCount(): number {
    return [...this.refused.values()].reduce((a, b) => a + b, 0);
  }

  take(frame: Frame | undefined, intended: number): void {
    if (!frame) this.unanswered += 1;
    else if (frame.error) this.refuse(frame.error);
    else {
      this.answered += 1;
      this.answerTime.record(performance.now() - intended);
    }
  }

  /** For a table: counts by outcome. */
  get outcomes(): string {
    const refused = [...this.refused].map(([code, count]) => `, ${count} ${code}`).join('');
    return `${this.sent} sent: ${this.answered} answered${refused}${this.unanswered > 0 ? `, ${this.unanswered} without an answer` : ''}`;
  }

  private refuse({ code, retryable }: { code: string; retryable: boolean }): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
    if (!retryable) this.final.add(code);
  }
}
