import { makeValidator } from 'envalid';

/** One environment variable: what it means, how it is read, what holds when it is not set. */
export interface Setting<T> {
  variable: string;
  /** A sentence for whoever has to set it. */
  about: string;
  /** Throws a NotAccepted for text that it does not take. */
  parse: (text: string) => T;
  example?: string;
  /** Its text is never shown, neither in errors nor elsewhere. */
  secret?: true;
  /** What holds when it is not set. Without one it must be set. */
  fallback?: { value: () => T; shown: string };
}

/** Why a text was refused, as the end of a sentence that begins with the variable. It must not repeat the text of a secret. */
export class NotAccepted extends Error {}

type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type SettingsTable = Readonly<Record<string, Setting<unknown>>>;
export type Settings<Table extends SettingsTable> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** The same setting with another default, for example a port that differs from service to service. */
export function withDefault<T>(setting: Setting<T>, value: T, shown = String(value)): Setting<T> {
  return { ...setting, fallback: { value: () => value, shown } };
}

/** The same setting for a program that can do without it. */
export function optional<T>(setting: Setting<T>, shown: string): Setting<T | undefined> {
  return { ...setting, fallback: { value: () => undefined, shown } };
}

/** The setting as envalid takes it. */
export function validatorOf<T>(setting: Setting<T>): ReturnType<ReturnType<typeof makeValidator<T>>> {
  return makeValidator<T>(setting.parse)({ desc: setting.about });
}
