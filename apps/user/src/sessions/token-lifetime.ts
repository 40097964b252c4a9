const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long tokens live. `session.revoked.v1` is kept for longer than an access token lives. */
export const TOKEN_LIFETIME = {
  accessMs: 15 * MINUTE,
  /** From the last refresh: a device that stays away for so long is logged out. */
  refreshMs: 30 * DAY,
} as const;
