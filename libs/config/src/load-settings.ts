import { customCleanEnv, EnvMissingError } from 'envalid';
import { ConfigError } from './config-error.js';
import { NotAccepted, validatorOf, type Setting, type SettingsTable } from './setting.js';
import { SERVICE_SETTINGS, type Program, type SettingsOf } from './service-settings.js';

/** A program's settings from its environment: typed, frozen, complete. Throws a ConfigError that names all that is wrong. */
export function loadSettings<Name extends Program>(program: Name, env: NodeJS.ProcessEnv): SettingsOf<Name> {
  const table: SettingsTable = SERVICE_SETTINGS[program];
  const settings = Object.values(table);
  const given = givenOf(settings, env);
  const read = readAll(
    program,
    settings.filter(({ variable, fallback }) => variable in given || !fallback),
    given,
  );
  const values = Object.entries(table).map(([name, setting]) => [name, valueOf(setting, read)] as const);
  return Object.freeze(Object.fromEntries(values)) as SettingsOf<Name>;
}

/** An empty variable is one that is not set: docker compose passes those on so. */
function givenOf(settings: readonly Setting<unknown>[], env: NodeJS.ProcessEnv): Record<string, string> {
  const given: Record<string, string> = {};
  for (const { variable } of settings) {
    const value = env[variable]?.trim();
    if (value) given[variable] = value;
  }
  return given;
}

function readAll(program: string, settings: readonly Setting<unknown>[], given: Record<string, string>): Record<string, unknown> {
  const specs = Object.fromEntries(settings.map((setting) => [setting.variable, validatorOf(setting)]));
  const keep = (values: Record<string, unknown>) => values;
  return customCleanEnv<Record<string, unknown>, Record<string, unknown>>(given, specs, keep, {
    reporter: ({ errors }) => {
      const wrong = settings.flatMap((setting) => describe(setting, (errors as Record<string, Error>)[setting.variable]) ?? []);
      if (wrong.length > 0) throw new ConfigError(program, wrong);
    },
  });
}

function valueOf(setting: Setting<unknown>, read: Record<string, unknown>): unknown {
  return setting.variable in read ? read[setting.variable] : setting.fallback?.value();
}

function describe({ variable, about, example }: Setting<unknown>, error: Error | undefined): string | undefined {
  if (!error) return undefined;
  if (error instanceof NotAccepted) return `${variable} ${error.message}`;
  if (!(error instanceof EnvMissingError)) throw error;
  return `${variable} is not set. ${about}${example === undefined ? '' : ` Example: ${example}`}`;
}
