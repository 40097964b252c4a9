import 'reflect-metadata';
import { Command } from 'commander';
import { renderCounterExample } from './report.js';
import { search } from './search/search.js';
import { QUICK_LOGS, SMALL_LOGS } from './small-logs.js';
import { VARIANTS } from './variants/variants.js';
import { ALL_GUARDS } from './world/model-setup.js';

interface Options {
  quick?: true;
  variants?: true;
  log?: string;
  troubles?: string;
}

const program = new Command('model')
  .description(
    'Searches every state that small logs can lead to: kills, zombies, lost answers and restores at every step, over the real code.',
  )
  .option('--quick', 'fewer logs, and fewer troubles a log, for less than a minute')
  .option('--variants', 'the product without each of its guards: every one must be caught')
  .option('--log <name>', 'this log alone')
  .option('--troubles <n>', 'how much may go wrong in one run, for every log');
program.parse();
const options = program.opts<Options>();
const started = performance.now();
const failed = options.variants ? await searchVariants() : await searchLogs();
console.log(`${seconds(started)} s, at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
process.exitCode = failed ? 1 : 0;

/** Whether a promise was broken. */
async function searchLogs(): Promise<boolean> {
  let states = 0;
  let broken = false;
  const all = options.quick ? QUICK_LOGS : SMALL_LOGS;
  const logs = all.filter(({ name }) => options.log === undefined || name === options.log);
  if (logs.length === 0) program.error(`there is no log "${options.log ?? ''}"; there are: ${all.map(({ name }) => name).join('; ')}`);
  for (const log of logs) {
    const begun = performance.now();
    const troubles = options.troubles === undefined ? log.troubles : Number(options.troubles);
    const found = await search({ ...log, troubles }, ALL_GUARDS);
    states += found.states;
    const numbers = `${count(found.states)} states, ${count(found.ends)} of them ends, ${seconds(begun)} s`;
    console.log(`${log.name} (${troubles} troubles): ${numbers}\n  ${log.about}`);
    if (!found.counterExample) continue;
    broken = true;
    console.log(renderCounterExample(found.counterExample));
  }
  console.log(`\n${count(states)} states${broken ? '; a promise is BROKEN' : ', and every promise holds in all of them'}`);
  return broken;
}

/** Whether one of them was not caught. */
async function searchVariants(): Promise<boolean> {
  let missed = 0;
  for (const { name, log, guards, shows } of VARIANTS) {
    const { counterExample, states } = await search(log, guards);
    const caught = shows.test(counterExample?.violation ?? '');
    const outcome =
      counterExample && caught ? `caught after ${count(states)} states, in ${counterExample.steps.length} steps` : 'NOT CAUGHT';
    console.log(`${name}, on "${log.name}": ${outcome}`);
    if (counterExample) console.log(renderCounterExample(counterExample));
    if (!caught) missed += 1;
  }
  console.log(`${VARIANTS.length - missed} of ${VARIANTS.length} caught`);
  return missed > 0;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
