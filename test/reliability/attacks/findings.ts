const MAX_SHOWN = 20;
const MAX_DETAIL = 600;

/** What an attack showed that must not be. The first ones are kept with their input, the rest counted. */
export class Findings {
  private readonly kept: string[] = [];
  private total = 0;

  /** `input` is what to send again to see it. */
  add(what: string, input = ''): void {
    this.total += 1;
    if (this.kept.length < MAX_SHOWN) this.kept.push(input === '' ? what : `${what}\n    ${input.slice(0, MAX_DETAIL)}`);
  }

  get count(): number {
    return this.total;
  }

  get lines(): readonly string[] {
    const more = this.total - this.kept.length;
    return more > 0 ? [...this.kept, `and ${more} more`] : this.kept;
  }
}
