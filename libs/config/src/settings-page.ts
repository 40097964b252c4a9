import type { Setting, SettingsTable } from './setting.js';
import { SERVICE_SETTINGS, type Program } from './service-settings.js';

export interface SettingDescription {
  variable: string;
  about: string;
  example: string | undefined;
  secret: boolean;
  /** The programs that read it, each with what holds when it is not set; undefined: it must be set. */
  programs: { program: Program; fallback: string | undefined }[];
}

/** Every variable, in the order of its first appearance. */
export function describeSettings(): SettingDescription[] {
  const found = new Map<string, SettingDescription>();
  for (const [program, table] of Object.entries(SERVICE_SETTINGS) as [Program, SettingsTable][]) {
    for (const setting of Object.values(table)) {
      const description = found.get(setting.variable) ?? describe(setting);
      description.programs.push({ program, fallback: setting.fallback?.shown });
      found.set(setting.variable, description);
    }
  }
  return [...found.values()];
}

/** docs/configuration.md. */
export function settingsPage(): string {
  const sections = describeSettings().map(({ variable, about, example, secret, programs }) =>
    [
      `## \`${variable}\``,
      about,
      ...(secret ? ['A secret: it is never shown in logs or errors.'] : []),
      ...(example === undefined ? [] : [`Example: \`${example}\``]),
      ['| read by | when it is not set |', '| --- | --- |', ...programs.map(row)].join('\n'),
    ].join('\n\n'),
  );
  return [HEAD, ...sections, TAIL, ''].join('\n\n').replace(/\n+$/, '\n');
}

const HEAD = `# Configuration

<!-- Generated from libs/config: change it there. -->

Every program reads its settings from the environment, once, at its start. One that misses a setting, or can't make sense of one,
names all that is wrong and ends with exit code 1. An empty variable counts as not set.`;

const TAIL = `## \`hecto\`

The command line reads two more; its options \`--url\` and \`--key\` win over them.

| variable | what | when it is not set |
| --- | --- | --- |
| \`HECTO_URL\` | where the server is | http://127.0.0.1:8080 |
| \`HECTO_ADMIN_KEY\` | one of the server's \`HECTO_ADMIN_KEYS\`; a secret | the one that standalone keeps in its data folder |`;

function row({ program, fallback }: { program: string; fallback: string | undefined }): string {
  return `| ${program} | ${fallback ?? '**must be set**'} |`;
}

function describe({ variable, about, example, secret }: Setting<unknown>): SettingDescription {
  return { variable, about, example, secret: secret === true, programs: [] };
}
