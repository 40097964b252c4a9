import type { Member } from '#testing';

const LINE = /^hecto_closes_total\{code="(\d+)".*\} (\d+)$/gmu;

/** How many WebSockets the gateways have seen closed, by close code. */
export async function closesOf(gateways: readonly Member[]): Promise<ReadonlyMap<string, number>> {
  const closes = new Map<string, number>();
  for (const { opsUrl } of gateways) {
    const text = await (await fetch(`${opsUrl}/metrics`)).text();
    for (const [, code = '', count] of text.matchAll(LINE)) closes.set(code, (closes.get(code) ?? 0) + Number(count));
  }
  return closes;
}

export function renderCloses(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  const more = [...after].map(([code, count]) => ({ code, count: count - (before.get(code) ?? 0) })).filter(({ count }) => count > 0);
  return more.map(({ code, count }) => `${count} with ${code}`).join(', ') || 'none';
}
