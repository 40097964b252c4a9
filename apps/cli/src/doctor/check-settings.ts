import { ConfigError, loadSettings, type Program } from '#config';
import { fine, trouble, type Finding } from './finding.js';

const SERVICES: readonly Program[] = ['gateway', 'message', 'conversation', 'group', 'user'];

export function checkClusterSettings(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return checkSettings(SERVICES, env);
}

export function checkStandaloneSettings(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return checkSettings(['standalone'], env);
}

/** Each problem once, with those who have it. */
function checkSettings(programs: readonly Program[], env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const problems = new Map<string, string[]>();
  for (const program of programs) {
    for (const problem of problemsOf(program, env)) problems.set(problem, [...(problems.get(problem) ?? []), program]);
  }
  const findings = [...problems].map(([problem, who]) =>
    trouble(
      'settings',
      `${who.join(', ')}: ${problem}`,
      'set it in the environment of these processes; docs/configuration.md has every variable',
    ),
  );
  return Promise.resolve(findings.length > 0 ? findings : [fine('settings', `those of ${programs.join(', ')} are complete`)]);
}

function problemsOf(program: Program, env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadSettings(program, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
