import { eventLogStateMachine } from '../../libs/bus/src/conformance/state-machine.suite.js';
import { onDisk } from '../../libs/bus/src/embedded/embedded-under-test.suite.js';

eventLogStateMachine({
  name: 'embedded, on disk',
  runs: 15,
  maxCommands: 30,
  maxCrashes: 3,
  patienceMs: 5_000,
  limitMs: 120_000,
  create: onDisk,
});
