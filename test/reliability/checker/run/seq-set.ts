/** Seqs up to a bound, a bit each. */
export class SeqSet {
  private readonly bits: Uint8Array;

  constructor(private readonly max: number) {
    this.bits = new Uint8Array((max >>> 3) + 1);
  }

  add(seq: number): void {
    if (seq < 0 || seq > this.max) return;
    const at = seq >>> 3;
    this.bits[at] = (this.bits[at] ?? 0) | (1 << (seq & 7));
  }

  has(seq: number): boolean {
    return ((this.bits[seq >>> 3] ?? 0) & (1 << (seq & 7))) !== 0;
  }
}
