import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  withinMs: number;
  /** What is waited for, for the error: "the gateway to be ready". */
  what: string;
  /** Between two looks, in ms (default 25). */
  everyMs?: number;
}

/** Resolves with the first truthy answer of `condition`; a look that throws counts as "not yet". Rejects at the deadline with what was seen last. */
export async function waitFor<T>(condition: () => T | Promise<T>, options: WaitOptions): Promise<NonNullable<T>> {
  const deadline = performance.now() + options.withinMs;
  for (;;) {
    const seen = await look(condition);
    if (seen.value) return seen.value;
    if (performance.now() >= deadline) {
      throw new Error(`Waited ${options.withinMs} ms for ${options.what}; last seen: ${seen.said}`, { cause: seen.error });
    }
    await sleep(options.everyMs ?? 25);
  }
}

async function look<T>(condition: () => T | Promise<T>): Promise<{ value?: T; said: string; error?: unknown }> {
  try {
    const value = await condition();
    return { value, said: inspect(value, { depth: 4, breakLength: 120 }) };
  } catch (error) {
    return { said: String(error), error };
  }
}
