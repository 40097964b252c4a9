const TICK_MS = 10;

/** Calls `act` at a fixed rate by the clock, whatever became of the calls before: a system that stalls is asked just as much. */
export class Pace {
  private readonly start = performance.now();
  private readonly timer: NodeJS.Timeout;
  private done = 0;

  constructor(
    private readonly perSecond: number,
    private readonly act: (n: number) => void,
  ) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const due = Math.floor(((performance.now() - this.start) * this.perSecond) / 1000);
    while (this.done < due) this.act(this.done++);
  }
}
