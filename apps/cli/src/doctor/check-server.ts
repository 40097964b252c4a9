import { fine, trouble, type Finding } from './finding.js';

const ANSWER_MS = 5000;

interface Readiness {
  status?: string;
  dependencies?: Record<string, { ok: boolean; detail?: string }>;
}

/** The gateway, as a client meets it. */
export async function checkServer(url: string): Promise<Finding[]> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { status, dependencies = {} } = (await response.json()) as Readiness;
    if (status === 'ready') return [fine('server', `${url} is ready`)];
    const away = Object.entries(dependencies).filter(([, { ok }]) => !ok);
    const detail = away.map(([name, { detail = 'away' }]) => `${name}: ${detail}`).join('; ');
    return [trouble('server', `${url} runs and is not ready (${detail})`, 'mend what it waits for; it goes on by itself')];
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return [trouble('server', `${url} does not answer (${why})`, 'start it (`npm start`, or the gateway), or name it by --url')];
  }
}
