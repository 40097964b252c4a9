import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedLog } from '#bus';
import { eventLogStateMachine } from '../../libs/bus/src/conformance/state-machine.suite.js';

eventLogStateMachine({
  name: 'embedded, on disk',
  runs: 15,
  maxCommands: 30,
  maxCrashes: 3,
  patienceMs: 5_000,
  limitMs: 120_000,
  create: async () => {
    const location = await mkdtemp(join(tmpdir(), 'hecto-log-'));
    let log = await EmbeddedLog.open({ location });
    return {
      log,
      another: () => Promise.resolve(log),
      crash: async () => (log = await log.crash()),
      dispose: async () => {
        await log.close();
        await rm(location, { recursive: true });
      },
    };
  },
});
