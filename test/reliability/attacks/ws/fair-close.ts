import { CLOSE_CODES } from '#contracts';

/** 4503: too large a message; 1002, 1006, 1007, 1009: what broke the protocol itself; 4004: nobody connected. */
const FAIR = new Set([1002, 1006, 1007, 1009, 4004, 4500, 4503]);
const OUR_OWN: ReadonlySet<number> = new Set(Object.values(CLOSE_CODES).map(({ code }) => code));
/** What applications may say in a close frame. */
const FIRST_OF_APPLICATIONS = 3000;

/** Whether an attack may end so. Its random bytes may be a close frame, whose code the server has to say back. */
export function isFairClose(code: number): boolean {
  return FAIR.has(code) || code === 1000 || code === 1005 || (code >= FIRST_OF_APPLICATIONS && !OUR_OWN.has(code));
}
