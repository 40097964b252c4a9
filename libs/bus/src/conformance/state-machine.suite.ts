import fc from 'fast-check';
import { logCommands, settle } from './log-commands.suite.js';
import { LogMachine } from './log-machine.suite.js';
import { LogModel } from './log-model.suite.js';
import { Bench, type Conformance } from './log-under-test.suite.js';

export interface StateMachine extends Conformance {
  maxCommands: number;
  /** Of one log; Kafka's sockets are cut once, then others are in use. */
  maxCrashes: number;
  limitMs: number;
}

/** Random walks over one group: whatever members and processes do, each record is handled at least once, each key in its order. */
export function eventLogStateMachine(machine: StateMachine): void {
  describe(`the event log as a state machine: ${machine.name}`, () => {
    it(
      'handles all that was appended, in order, through joins, leaves, refused trains and crashes',
      () =>
        fc.assert(
          fc.asyncProperty(logCommands(machine), (commands) => walk(machine, commands)),
          { numRuns: machine.runs, endOnFailure: machine.maxCrashes === 1 },
        ),
      machine.limitMs,
    );
  });
}

async function walk(machine: StateMachine, commands: Iterable<fc.AsyncCommand<LogModel, LogMachine>>): Promise<void> {
  const bench = await Bench.over(machine);
  try {
    const topic = await bench.topic({ partitions: 3 });
    const model = new LogModel();
    const real = new LogMachine(bench.under, bench.log, topic, bench.group(), machine.patienceMs);
    await fc.asyncModelRun(() => ({ model, real }), commands);
    expect(await settle(model, real)).toBeUndefined();
  } finally {
    await bench.under.dispose();
  }
}
