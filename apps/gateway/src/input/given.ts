type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A copy of what the caller gave: no field that is there and undefined. */
export function given<T extends object>(input: T): Given<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Given<T>;
}
