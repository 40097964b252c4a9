import { eventLogStateMachine } from '../conformance/state-machine.suite.js';
import { EmbeddedLog } from './embedded-log.js';

eventLogStateMachine({
  name: 'embedded, in memory',
  runs: 60,
  maxCommands: 40,
  maxCrashes: 5,
  patienceMs: 4_000,
  limitMs: 120_000,
  create: async () => {
    let log = await EmbeddedLog.inMemory();
    return {
      log,
      another: () => Promise.resolve(log),
      crash: async () => (log = await log.crash()),
      dispose: () => log.close(),
    };
  },
});
