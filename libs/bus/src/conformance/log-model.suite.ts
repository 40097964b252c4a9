import type { ReceivedRecord } from '../log/event-log.js';

/** What the log owes: everything that was appended for sure, and what may have been when a crash cut it short. */
export class LogModel {
  /** Texts by key, in the order of their appends. */
  readonly appended = new Map<string, string[]>();
  readonly uncertain = new Set<string>();
  members = 0;
  crashes = 0;
  private texts = 0;

  newText(key: string): string {
    return `${key}-${String((this.texts += 1))}`;
  }

  certain(key: string, text: string): void {
    this.appended.set(key, [...(this.appended.get(key) ?? []), text]);
  }

  get owed(): string[] {
    return [...this.appended.values()].flat();
  }
}

/** Why what was handled is not what the log owes; undefined: it is. `handled` is in the order of the handling, over all members. */
export function faultOf(model: LogModel, handled: readonly ReceivedRecord[]): string | undefined {
  return lost(model, handled) ?? invented(model, handled) ?? outOfOrder(model, handled) ?? skipped(handled);
}

function lost(model: LogModel, handled: readonly ReceivedRecord[]): string | undefined {
  const seen = new Set(handled.map(textOf));
  const missing = model.owed.filter((text) => !seen.has(text));
  return missing.length > 0 ? `never handled: ${missing.join(', ')}` : undefined;
}

function invented(model: LogModel, handled: readonly ReceivedRecord[]): string | undefined {
  const known = new Set([...model.owed, ...model.uncertain]);
  const strange = handled.map(textOf).filter((text) => !known.has(text));
  return strange.length > 0 ? `handled, and never appended: ${strange.join(', ')}` : undefined;
}

/** At their first coming, the records of one key come in the order of their appends. */
function outOfOrder(model: LogModel, handled: readonly ReceivedRecord[]): string | undefined {
  for (const [key, texts] of model.appended) {
    const first = [...new Set(handled.filter((record) => record.key === key).map(textOf))].filter((text) => !model.uncertain.has(text));
    if (first.join() !== texts.join()) return `key ${key} was appended as ${texts.join(', ')} and handled as ${first.join(', ')}`;
  }
  return undefined;
}

/** A record may come again, and then so may those behind it; none is ever passed over. */
function skipped(handled: readonly ReceivedRecord[]): string | undefined {
  const next = new Map<number, number>();
  for (const { partition, offset } of handled) {
    const expected = next.get(partition) ?? 0;
    if (offset > expected) return `partition ${String(partition)} went from ${String(expected - 1)} to ${String(offset)}`;
    next.set(partition, Math.max(expected, offset + 1));
  }
  return undefined;
}

function textOf({ value }: ReceivedRecord): string {
  return value.toString();
}
