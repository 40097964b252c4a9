import type { Device } from '../client/device.js';

/** A user with his devices, as the workload plays him. */
export interface Actor {
  userId: string;
  /** One at least. */
  devices: readonly [Device, ...Device[]];
  /** Whom he writes to mostly. */
  contacts: readonly string[];
}
