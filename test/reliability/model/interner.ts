/** Gives equal things one small number, so that a state of the search is a handful of numbers. */
export class Interner<T extends object> {
  private readonly ids = new Map<string, number>();
  private readonly values: T[] = [];
  /** Of values that were asked for before: their text is long. */
  private readonly known = new WeakMap<object, number>();

  constructor(private readonly textOf: (value: T) => string) {}

  idOf(value: T): number {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const text = this.textOf(value);
    const id = this.ids.get(text) ?? this.values.push(value) - 1;
    this.ids.set(text, id);
    this.known.set(value, id);
    return id;
  }

  get(id: number): T {
    const value = this.values[id];
    if (value === undefined) throw new Error(`nothing has the number ${id}`);
    return value;
  }

  get size(): number {
    return this.values.length;
  }
}
