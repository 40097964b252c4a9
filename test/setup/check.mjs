// `npm run check`: everything that needs no server, two steps at a time; says what failed, with its output, at the end.
import { spawn } from 'node:child_process';
import console from 'node:console';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

/** The long ones first. */
const STEPS = ['test:unit', 'lint', 'types', 'unused', 'boundaries', 'format:check'];
const AT_ONCE = 2;

const waiting = [...STEPS];
const failed = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));
for (const { step, output } of failed) console.log(`\n===== ${step} =====\n${output.trimEnd()}`);
console.log(failed.length === 0 ? `\nAll ${STEPS.length} checks passed.` : `\nFailed: ${failed.map(({ step }) => step).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const started = performance.now();
    const { code, output } = await run(step);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${step} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push({ step, output });
  }
}

function run(step) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
