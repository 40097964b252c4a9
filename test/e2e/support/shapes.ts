import type { Behind, Shape } from './shape.js';

/** Both shapes, as the set-up of the test run has started them. Every end-to-end test runs in each. */
export const SHAPES: readonly (Shape & Behind)[] = (['standalone', 'cluster'] as const).map((name) => {
  const text = process.env[`HECTO_E2E_${name.toUpperCase()}`];
  if (text === undefined) throw new Error(`${name} was not started: run these tests by jest's project e2e`);
  return { name, ...(JSON.parse(text) as Omit<Shape & Behind, 'name'>) };
});
