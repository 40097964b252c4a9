import { eventLogStateMachine } from '../conformance/state-machine.suite.js';
import { inMemory } from './embedded-under-test.suite.js';

eventLogStateMachine({
  name: 'embedded, in memory',
  runs: 60,
  maxCommands: 40,
  maxCrashes: 5,
  patienceMs: 4_000,
  limitMs: 120_000,
  create: inMemory,
});
