/** Asks one dependency whether it answers, within the time given. */
export type Probe = (timeoutMs: number) => Promise<boolean>;

export type Readiness = Record<string, { ok: boolean; detail?: string }>;

const PROBE_TIMEOUT_MS = 2000;

/** Asks all dependencies at once; one that is silent counts as away after the bound, and never holds up the answer. */
export async function checkReadiness(probes: Readonly<Record<string, Probe>>, timeoutMs = PROBE_TIMEOUT_MS): Promise<Readiness> {
  const checked = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => [name, await checkOne(name, probe, timeoutMs)] as const),
  );
  return Object.fromEntries(checked);
}

export function isReady(readiness: Readiness): boolean {
  return Object.values(readiness).every((dependency) => dependency.ok);
}

async function checkOne(name: string, probe: Probe, timeoutMs: number): Promise<{ ok: boolean; detail?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`${name} did not answer within ${timeoutMs} ms`), timeoutMs);
  });
  const answer = probe(timeoutMs).then(
    (ok) => (ok ? undefined : `${name} does not answer`),
    (error: unknown) => `${name}: ${error instanceof Error ? error.message : String(error)}`,
  );
  const detail = await Promise.race([answer, silence]);
  clearTimeout(timer);
  return detail === undefined ? { ok: true } : { ok: false, detail };
}
