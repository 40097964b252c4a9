import type { CounterExample } from './search/search.js';

/** The shortest way to what is broken, one step a line. */
export function renderCounterExample({ steps, violation }: CounterExample): string {
  const lines = steps.map((step, index) => `  ${String(index + 1).padStart(3)}. ${step}`);
  return [...lines, `    → ${violation}`, ''].join('\n');
}
