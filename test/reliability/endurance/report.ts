export interface EnduranceOptions {
  minutes: number;
  /** Messages a second. */
  rate: number;
  /** In the names of users, and so it chooses their partitions. */
  seed: number;
  /** Processes. */
  message: number;
  gateway: number;
  say: (line: string) => void;
}

/** What a run showed: its figures, and whatever must not be. */
export interface EnduranceReport {
  figures: readonly string[];
  broken: readonly string[];
}

export function renderReport({ figures, broken }: EnduranceReport): string {
  return [...figures, broken.length === 0 ? 'Everything held.' : `Broken:\n${counted(broken).join('\n')}`].join('\n\n');
}

/** Each once, with how often. */
function counted(broken: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const each of broken) times.set(each, (times.get(each) ?? 0) + 1);
  return [...times].map(([each, count]) => `  - ${each}${count > 1 ? ` (${count} times)` : ''}`);
}

/** Rows as Markdown. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
