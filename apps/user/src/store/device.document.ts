import type { Platform } from '#contracts';

/** A device that a user is logged in on: its session and the hashes of its refresh tokens. */
export interface DeviceDocument {
  /** `<user id>|<device id>` */
  _id: string;
  user_id: string;
  device_id: string;
  platform: Platform;
  /** Another one at each log-in. */
  session_id: string;
  /** Of what all refresh tokens of the session have in common. */
  family_hash: string;
  /** Of the one token that is good now. */
  refresh_hash: string;
  /** The token before it, and what the present one was derived from it with: a retry gets the same answer. */
  previous?: { refresh_hash: string; salt: string };
  logged_in_at: Date;
  /** When the present refresh token was handed out. */
  refreshed_at: Date;
  /** MongoDB removes the document then. */
  refresh_expires_at: Date;
}
