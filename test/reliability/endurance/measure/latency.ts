import { build } from 'hdr-histogram-js';

/** Milliseconds, to a tenth. */
export class Latency {
  private readonly histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: 1e7, numberOfSignificantValueDigits: 3 });

  record(ms: number): void {
    this.histogram.recordValue(Math.max(1, Math.round(ms * 10)));
  }

  get count(): number {
    return this.histogram.totalCount;
  }

  at(percentile: number): number {
    return this.histogram.getValueAtPercentile(percentile) / 10;
  }

  /** p50, p99 and the most, for a table. */
  get cells(): string[] {
    return this.count === 0 ? ['–', '–', '–'] : [this.at(50).toFixed(1), this.at(99).toFixed(1), (this.histogram.maxValue / 10).toFixed(1)];
  }
}
