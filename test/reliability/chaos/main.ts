import 'reflect-metadata';
import { parseOptions } from './options.js';
import { runChaos } from './run-chaos.js';

const began = performance.now();

function say(line: string): void {
  const seconds = Math.round((performance.now() - began) / 1000);
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  process.stdout.write(`[${clock}] ${line}\n`);
}

try {
  process.exitCode = await runChaos(parseOptions(process.argv.slice(2)), say);
} catch (error) {
  say(`The run failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
