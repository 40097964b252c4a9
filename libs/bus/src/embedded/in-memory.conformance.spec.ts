import { eventLogConformance } from '../conformance/event-log.suite.js';
import { EmbeddedLog } from './embedded-log.js';

eventLogConformance({
  name: 'embedded, in memory',
  runs: 50,
  patienceMs: 2_000,
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
