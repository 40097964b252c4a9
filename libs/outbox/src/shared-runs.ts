interface KeyState<T> {
  running: Promise<T>;
  next: Promise<T> | undefined;
}

/**
 * Runs of one key one after the other; whoever asks while one runs shares the next with everyone else who does. A run that was
 * asked for always begins after the asking, so it sees what was committed before.
 */
export class SharedRuns<T> {
  private readonly keys = new Map<string, KeyState<T>>();

  constructor(private readonly work: (key: string) => Promise<T>) {}

  join(key: string): Promise<T> {
    const state = this.keys.get(key);
    if (state === undefined) return this.start(key);
    state.next ??= state.running.then(
      () => this.start(key),
      () => this.start(key),
    );
    return state.next;
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.keys.size > 0) await Promise.allSettled([...this.keys.values()].map(({ running, next }) => next ?? running));
  }

  private start(key: string): Promise<T> {
    const running = this.work(key);
    const state: KeyState<T> = { running, next: undefined };
    this.keys.set(key, state);
    const forget = () => {
      if (this.keys.get(key) === state && state.next === undefined) this.keys.delete(key);
    };
    running.then(forget, forget);
    return running;
  }
}
