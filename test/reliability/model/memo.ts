/** Something that has to be awaited before a step can be told. The search awaits it and asks again. */
export class NotYetKnown {
  constructor(readonly learn: () => Promise<void>) {}
}

/** Results of work that has to be awaited, for code that must not wait: what is not known yet is thrown as NotYetKnown. */
export class Memo<T> {
  private readonly results = new Map<string, T>();

  get(key: string, compute: () => Promise<T>): T {
    const known = this.results.get(key);
    if (known !== undefined) return known;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error: the search catches it, learns, and goes on
    throw new NotYetKnown(async () => {
      this.results.set(key, await compute());
    });
  }
}
