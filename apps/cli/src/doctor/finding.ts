/** What the doctor looked at, and what he found. */
export interface Finding {
  part: string;
  ok: boolean;
  detail: string;
  /** What to do about it. */
  advice?: string;
}

export function fine(part: string, detail: string): Finding {
  return { part, ok: true, detail };
}

export function trouble(part: string, detail: string, advice: string): Finding {
  return { part, ok: false, detail, advice };
}

/** "ok  MongoDB: …" or "!!  MongoDB: …" with what to do below. */
export function describeFinding({ part, ok, detail, advice }: Finding): string {
  return `${ok ? 'ok' : '!!'}  ${part}: ${detail}${advice === undefined ? '' : `\n    → ${advice}`}`;
}
