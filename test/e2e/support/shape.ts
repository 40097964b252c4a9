import { Api } from './api.js';

/** One running Hecto: where its gateways are, and the key of a backend. */
export interface Shape {
  name: string;
  urls: readonly string[];
  adminKey: string;
  /** As HECTO_JWT_KEYS takes them, for tokens that are good and yet refused. */
  jwtKeys: string;
}

/** What is behind one, for tests that look at what is stored, or damage it. */
export interface Behind {
  mongoUrl: string;
  /** Of the cluster. */
  brokers?: string;
}

/** The two gateways of the cluster; in standalone the one, twice. */
export function gateways({ urls }: Shape): [string, string] {
  return [urls[0] ?? '', urls.at(-1) ?? ''];
}

export function backend(shape: Shape): Api {
  return new Api(gateways(shape)[0], shape.adminKey);
}
