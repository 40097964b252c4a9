import { Api } from './api.js';

/** One running Hecto: where its gateways are, and the key of a backend. */
export interface Shape {
  name: string;
  urls: readonly string[];
  adminKey: string;
}

/** Both shapes, as the set-up of the test run has started them. Every end-to-end test runs in each. */
export const SHAPES: readonly Shape[] = (['standalone', 'cluster'] as const).map((name) => {
  const text = process.env[`HECTO_E2E_${name.toUpperCase()}`];
  if (text === undefined) throw new Error(`${name} was not started: run these tests by jest's project e2e`);
  return { name, ...(JSON.parse(text) as Omit<Shape, 'name'>) };
});

/** The two gateways of the cluster; in standalone the one, twice. */
export function gateways({ urls }: Shape): [string, string] {
  return [urls[0] ?? '', urls.at(-1) ?? ''];
}

export function backend(shape: Shape): Api {
  return new Api(gateways(shape)[0], shape.adminKey);
}
