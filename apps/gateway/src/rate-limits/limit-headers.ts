import type { Taken } from './rate-limit.js';

/** The fields of draft-ietf-httpapi-ratelimit-headers-11: what the limit is, what is left, and in how many seconds it is whole again. */
export function limitHeaders({ name, rate, remaining }: Taken): Record<string, string> {
  const windowSeconds = Math.ceil(rate.burst / rate.perSecond);
  const untilFull = Math.ceil((rate.burst - remaining) / rate.perSecond);
  return {
    'ratelimit-policy': `"${name}";q=${rate.burst};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${untilFull}`,
  };
}
