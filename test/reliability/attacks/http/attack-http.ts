import { setTimeout as sleep } from 'node:timers/promises';
import { Counter } from '../counter.js';
import { Findings } from '../findings.js';
import type { AttackOptions, AttackReport } from '../report.js';
import { createWorld, type World } from '../target/create-world.js';
import { changesBetween, digestOf } from '../target/database-digest.js';
import { ProcessWatch } from '../target/process-watch.js';
import { startStandaloneTarget, type Target } from '../target/start-target.js';
import { findSchemathesis } from './find-schemathesis.js';
import { runSchemathesis, type Credentials, type SchemathesisRun } from './schemathesis-run.js';

const OPERATIONS = 37;
const QUIET_MS = 1500;
const MAX_SHOWN = 6000;

type Phase = Pick<SchemathesisRun, 'mode' | 'phases'> & { share: number };

/** Half of the cases break the schema on purpose: all of them have to be refused, and no document may change. */
const REFUSED: Phase = { mode: 'negative', phases: ['fuzzing'], share: 0.5 };
const ANYTHING: Phase = { mode: 'all', phases: ['examples', 'fuzzing', 'stateful'], share: 0.5 };

/** Requests that schemathesis makes from the project's own OpenAPI file: without a token, as a user, and with an admin key for one. */
export async function attackHttp(options: AttackOptions): Promise<AttackReport> {
  const folder = await findSchemathesis(options.say);
  const target = await startStandaloneTarget();
  try {
    return await new HttpAttack(folder, target, await createWorld(target), options).run();
  } finally {
    await target.stop();
  }
}

class HttpAttack {
  private readonly findings = new Findings();
  private readonly counter = new Counter();
  private readonly watch: ProcessWatch;
  private cases = 0;

  constructor(
    private readonly folder: string,
    private readonly target: Target,
    private readonly world: World,
    private readonly options: AttackOptions,
  ) {
    this.watch = new ProcessWatch(target.watched);
  }

  async run(): Promise<AttackReport> {
    const { seed } = this.options;
    const started = performance.now();
    const before = await this.quietDigest();
    await Promise.all(this.credentials().map((credentials) => this.attack(REFUSED, credentials)));
    for (const change of changesBetween(before, await this.quietDigest())) this.findings.add(`a document changed: ${change}`);
    await Promise.all(this.credentials().map((credentials) => this.attack(ANYTHING, credentials)));
    const seconds = (performance.now() - started) / 1000;
    return { name: 'HTTP requests', seed, cases: this.cases, seconds, counts: this.counter.all, findings: this.findings };
  }

  private credentials(): Credentials[] {
    const [user, acted] = this.world.attackers;
    return [
      { name: 'no token', token: undefined, actAs: undefined, without: [] },
      // Logging out everywhere would end the attack.
      { name: 'a user', token: user?.token, actAs: undefined, without: ['Devices_logOutAll'] },
      { name: 'an admin key', token: this.target.adminKey, actAs: acted?.userId, without: [] },
    ];
  }

  private async attack({ mode, phases, share }: Phase, credentials: Credentials): Promise<void> {
    const { cases, seed, say } = this.options;
    const maxExamples = Math.max(1, Math.ceil((cases * share) / (OPERATIONS * this.credentials().length)));
    const { folder, world } = this;
    const began = performance.now();
    const { counts, failures } = await runSchemathesis({
      folder,
      url: this.target.url,
      world,
      credentials,
      mode,
      phases,
      maxExamples,
      seed,
    });
    const answered = Object.entries(counts).filter(([what]) => what.startsWith('status'));
    const total = answered.reduce((sum, [, count]) => sum + count, 0);
    this.cases += total;
    for (const [status, count] of answered) this.counter.add(status, count);
    say(`${total} requests with ${credentials.name}, ${mode}: ${Math.round((total / (performance.now() - began)) * 1000)}/s`);
    if (failures !== undefined) this.findings.add(`schemathesis, ${credentials.name}, ${mode}:\n${failures.slice(-MAX_SHOWN)}`);
    if (mode === 'negative' && (counts['accepted writes'] ?? 0) > 0) {
      this.findings.add(`${counts['accepted writes'] ?? 0} writes that break the schema were accepted with ${credentials.name}`);
    }
    this.watch.look(this.findings);
  }

  private async quietDigest() {
    await sleep(QUIET_MS);
    return digestOf(this.target.mongoUrl);
  }
}
