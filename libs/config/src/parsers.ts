import { isIP } from 'node:net';
import { NotAccepted } from './setting.js';

export function text(input: string): string {
  return input;
}

export function port(input: string): number {
  const number = Number(input);
  if (!/^\d{1,5}$/.test(input) || number > 65_535) throw new NotAccepted('must be a port, 0 to 65535');
  return number;
}

/** An address to listen on, or a name of one; without a port. */
export function host(input: string): string {
  if (isIP(input) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(input))
    throw new NotAccepted('must be an address or a host name');
  return input;
}

export function oneOf<const Choice extends string>(choices: readonly Choice[]): (input: string) => Choice {
  return (input) => {
    const choice = choices.find((candidate) => candidate === input);
    if (choice === undefined) throw new NotAccepted(`must be one of ${choices.join(', ')}`);
    return choice;
  };
}

/** An address whose scheme is one of these (with the colon), for example `redis:`. */
export function url(schemes: readonly string[]): (input: string) => string {
  return (input) => {
    if (!URL.canParse(input) || !schemes.includes(new URL(input).protocol)) {
      throw new NotAccepted(`must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
    }
    return input;
  };
}

/** Several hosts make a MongoDB URL one that `new URL` refuses. */
export function mongoUrl(input: string): string {
  if (!/^mongodb(\+srv)?:\/\/[^/]+/.test(input)) throw new NotAccepted('must be an address that begins with mongodb:// or mongodb+srv://');
  return input;
}

/** Entries between commas, without the spaces around them. */
export function list(input: string): string[] {
  return input
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

export function brokers(input: string): string[] {
  const entries = list(input);
  const wrong = entries.find((entry) => !/^[^\s:]+:\d{1,5}$/.test(entry));
  if (wrong !== undefined || entries.length === 0) throw new NotAccepted('must be a comma list of host:port');
  return entries;
}

/** A name that may stand in names of consumer groups and in logs. */
export function name(input: string): string {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(input)) throw new NotAccepted('must be 1–64 of A-Z a-z 0-9 . _ -');
  return input;
}

export interface Rate {
  perSecond: number;
  burst: number;
}

/** `20/60`: 20 a second for long, 60 at once. */
export function rate(input: string): Rate {
  const [, perSecond, burst] = /^(\d{1,6}(?:\.\d+)?)\/(\d{1,6})$/.exec(input) ?? [];
  const value = { perSecond: Number(perSecond), burst: Number(burst) };
  if (!(value.perSecond > 0 && value.burst >= 1)) throw new NotAccepted('must be <a second>/<at once>, for example 20/60');
  return value;
}

export interface Quota {
  limit: number;
  windowMs: number;
}

/** `20/60`: 20 in 60 seconds. */
export function quota(input: string): Quota {
  const [, limit, seconds] = /^(\d{1,6})\/(\d{1,6})$/.exec(input) ?? [];
  const value = { limit: Number(limit), windowMs: Number(seconds) * 1000 };
  if (!(value.limit >= 1 && value.windowMs >= 1000)) throw new NotAccepted('must be <so many>/<seconds>, for example 20/60');
  return value;
}
