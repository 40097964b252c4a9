/** Runs tasks of one key one after the other, in the order of the calls, and tasks of different keys side by side. */
export class SerialByKey {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Resolves and rejects as `task` does; a failed task does not stop those behind it. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(key, tail);
    void tail.then(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    });
    return result;
  }

  /** Keys that have a task running or waiting. */
  get size(): number {
    return this.tails.size;
  }
}
