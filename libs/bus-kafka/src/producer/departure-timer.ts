/**
 * Spaces requests instead of holding each record back: after a pause the next one departs at once, and under load they depart
 * `spacingMs` apart, so that what comes meanwhile travels together.
 */
export class DepartureTimer {
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  private departedAt = -Infinity;

  constructor(
    private readonly spacingMs: number,
    private readonly depart: () => void,
  ) {}

  /** As soon as the spacing allows. */
  soon(): void {
    if (this.timer || this.immediate) return;
    const restMs = this.departedAt + this.spacingMs - performance.now();
    if (restMs <= 0) this.now();
    else this.timer = setTimeout(() => this.fire(), restMs);
  }

  /** After what the current turn of the event loop still appends. */
  now(): void {
    this.immediate ??= setImmediate(() => this.fire());
  }

  stop(): void {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    this.timer = undefined;
    this.immediate = undefined;
  }

  private fire(): void {
    this.stop();
    this.departedAt = performance.now();
    this.depart();
  }
}
