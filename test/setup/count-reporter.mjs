// Appends the counts of a run to the file that HECTO_TEST_COUNTS names, for a script that sums up several runs.
import { appendFileSync } from 'node:fs';
import process from 'node:process';

export class CountReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.HECTO_TEST_COUNTS;
    if (file === undefined) return;
    // A suite that could not run has no failed test, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    appendFileSync(file, `${results.numPassedTests} ${failed}\n`);
  }
}

export { CountReporter as default };
