const BEYOND = 2 ** 26;

/** Values by two small numbers. */
export class PairMap<Value> {
  private readonly map = new Map<number, Value>();

  get(a: number, b: number): Value | undefined {
    return this.map.get(a * BEYOND + b);
  }

  set(a: number, b: number, value: Value): void {
    this.map.set(a * BEYOND + b, value);
  }

  orMake(a: number, b: number, make: () => Value): Value {
    const found = this.get(a, b);
    if (found !== undefined) return found;
    const made = make();
    this.set(a, b, made);
    return made;
  }
}
