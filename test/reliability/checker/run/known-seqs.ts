/** What was known, and since when: the highest value seen up to each line of the history. */
export class KnownSeqs {
  private readonly lines: number[] = [];
  private readonly seqs: number[] = [];

  /** Lines come in ascending order. */
  learn(line: number, seq: number): void {
    if (seq <= (this.seqs.at(-1) ?? 0)) return;
    this.lines.push(line);
    this.seqs.push(seq);
  }

  /** The highest that was known before this line, and the line that says so. */
  before(line: number): { seq: number; line: number } {
    const index = firstIndex(this.lines, (known) => known >= line) - 1;
    return { seq: this.seqs[index] ?? 0, line: this.lines[index] ?? 0 };
  }

  /** The first line by which a message of this seq was known to be stored. */
  since(seq: number): number {
    return this.lines[firstIndex(this.seqs, (known) => known >= seq)] ?? Infinity;
  }
}

/** The first index of an ascending array for which `test` holds; its length when there is none. */
function firstIndex(array: readonly number[], test: (value: number) => boolean): number {
  let low = 0;
  let high = array.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(array[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
