/** How each state of a search was first reached, in as little memory as it takes. */
export class Traces {
  private parents = new Int32Array(1 << 16);
  private labels = new Int32Array(1 << 16);
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private count = 0;

  add(parent: number, label: string): number {
    if (this.count === this.parents.length) {
      this.parents = grown(this.parents);
      this.labels = grown(this.labels);
    }
    this.parents[this.count] = parent;
    this.labels[this.count] = this.numberOf(label);
    this.count += 1;
    return this.count - 1;
  }

  /** The labels from the start to this state. */
  to(state: number): string[] {
    const labels: string[] = [];
    for (let at = state; at > 0; at = this.parents[at] ?? 0) labels.push(this.names[this.labels[at] ?? 0] ?? '');
    return labels.reverse();
  }

  private numberOf(label: string): number {
    const known = this.numbers.get(label);
    if (known !== undefined) return known;
    this.numbers.set(label, this.names.length);
    return this.names.push(label) - 1;
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
