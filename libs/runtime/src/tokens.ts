/** Injection tokens that every service has beside BUS and HectoServer. */
export const TELEMETRY = Symbol('Telemetry');
export const CLOCK = Symbol('Clock');
