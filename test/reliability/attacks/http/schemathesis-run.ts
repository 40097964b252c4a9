import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { World } from '../target/create-world.js';
import { HTTP_ATTACK_FILES } from './find-schemathesis.js';

export interface Credentials {
  name: string;
  token: string | undefined;
  /** Whom an admin key acts for. */
  actAs: string | undefined;
  /** Operations that would end these credentials, or that take them for optional. */
  without: readonly string[];
}

export interface SchemathesisRun {
  folder: string;
  url: string;
  world: World;
  credentials: Credentials;
  /** `negative`: each request breaks the schema on purpose. */
  mode: 'negative' | 'all';
  phases: readonly string[];
  /** Per operation. */
  maxExamples: number;
  seed: number;
}

export interface SchemathesisOutcome {
  /** By status, and how many calls that are no reads were answered 2xx. */
  counts: Readonly<Record<string, number>>;
  /** What it has to say when it found something. */
  failures: string | undefined;
}

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'answers_like_hecto',
];

/** One run of schemathesis over the project's own OpenAPI file. */
export async function runSchemathesis(run: SchemathesisRun): Promise<SchemathesisOutcome> {
  const work = mkdtempSync(join(tmpdir(), 'hecto-http-attack-'));
  const countsFile = join(work, 'counts.json');
  try {
    const child = spawn('python3', ['-m', 'schemathesis.cli', ...argumentsOf(run)], {
      cwd: work,
      env: { ...process.env, ...environmentOf(run), HECTO_ATTACK_COUNTS: countsFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child, 'close');
    const counts = JSON.parse(readFileSync(countsFile, 'utf8')) as Record<string, number>;
    return { counts, failures: child.exitCode === 0 || isOnlyUnable(said) ? undefined : said };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** For some operations there is nothing to break: every text is a path segment. That is no failure of theirs. */
function isOnlyUnable(said: string): boolean {
  const errors = said.slice(said.indexOf('\nErrors:\n')).match(/^ +🚫 .*$/gmu) ?? [];
  return !said.includes('\nFailures:\n') && errors.length > 0 && errors.every((error) => error.includes('Schema Error'));
}

function argumentsOf({ url, credentials, mode, phases, maxExamples, seed }: SchemathesisRun): string[] {
  const { token, without } = credentials;
  return [
    'run',
    resolve('docs', 'openapi.json'),
    ...['--url', url, '--seed', String(seed), '--mode', mode, '--phases', phases.join(','), '--max-examples', String(maxExamples)],
    ...['--checks', CHECKS.join(','), '--continue-on-failure', '--no-color', '--no-shrink', '--warnings', 'off'],
    ...['--generation-database', 'none', '--suppress-health-check', 'all', '--request-timeout', '30'],
    ...(token === undefined ? [] : ['--header', `Authorization: Bearer ${token}`]),
    ...without.flatMap((id) => ['--exclude-operation-id', id]),
  ];
}

function environmentOf({ folder, world, credentials, seed }: SchemathesisRun): Record<string, string> {
  const ids = { userId: world.userIds, groupId: world.groupIds, conversationId: world.conversationIds };
  return {
    PYTHONPATH: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    SCHEMATHESIS_HOOKS: join(HTTP_ATTACK_FILES, 'hooks.py'),
    HECTO_ATTACK_WORLD: JSON.stringify({ ids, actAs: credentials.actAs ?? null, seed }),
  };
}
