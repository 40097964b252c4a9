import { StoredLog } from './stored-log.js';

/** The conversations, those too of which only the history knows. */
export class StoredLogs {
  readonly all: StoredLog[] = [];
  private byReader: Map<string, StoredLog[]> | undefined;
  private readonly byId = new Map<string, StoredLog>();

  of(id: string): StoredLog {
    const found = this.byId.get(id);
    if (found) return found;
    const made = new StoredLog(id, this.all.length);
    this.all.push(made);
    this.byId.set(id, made);
    return made;
  }

  /** Those of which the user has an open window in the end. */
  readableBy(userId: string): readonly StoredLog[] {
    this.byReader ??= this.readers();
    return this.byReader.get(userId) ?? [];
  }

  private readers(): Map<string, StoredLog[]> {
    const found = new Map<string, StoredLog[]>();
    for (const log of this.all) {
      for (const { user_id, closed } of log.windows.values()) if (!closed) found.set(user_id, [...(found.get(user_id) ?? []), log]);
    }
    return found;
  }
}
