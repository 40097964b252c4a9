import type { Readiness } from '#observability';

/** What makes a process not ready from the moment it is told to end: whoever balances the load sends nothing new, while what runs is ended. */
export const STOPPING: Readiness = { stopping: { ok: false, detail: 'it shuts down: it takes nothing new and ends what runs' } };
