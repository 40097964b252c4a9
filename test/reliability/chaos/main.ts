import 'reflect-metadata';
import { parseOptions } from './options.js';
import { runChaos } from './run-chaos.js';

const began = performance.now();

function say(line: string): void {
  const seconds = Math.round((performance.now() - began) / 1000);
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  process.stdout.write(`[${clock}] ${line}\n`);
}

/** Ends the process whatever is still open: a client that hangs must not keep a run from its end. */
async function end(code: 0 | 1): Promise<never> {
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(code);
}

try {
  await end(await runChaos(parseOptions(process.argv.slice(2)), say));
} catch (error) {
  say(`The run failed: ${error instanceof Error ? error.message : String(error)}`);
  await end(1);
}
