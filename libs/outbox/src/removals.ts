/**
 * Removes relayed entries behind the callers' backs, as many as wait in one call. Until an entry is gone, `has` knows that it needs
 * no second appearance; if its removal fails, it is forgotten here and relayed once more, which changes nothing.
 */
export class Removals {
  private readonly pending = new Set<string>();
  private queued: string[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly removeNow: (ids: readonly string[]) => Promise<void>) {}

  add(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.pending.add(id);
    this.queued.push(...ids);
    this.running ??= this.removeQueued();
  }

  has(id: string): boolean {
    return this.pending.has(id);
  }

  /** Resolves when nothing is left to remove. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async removeQueued(): Promise<void> {
    while (this.queued.length > 0) {
      const ids = this.queued;
      this.queued = [];
      await this.removeNow(ids).catch(() => undefined);
      for (const id of ids) this.pending.delete(id);
    }
    // In one step with the last look at the queue: what is added from here on starts anew.
    this.running = undefined;
  }
}
