import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogUnderTest } from '../conformance/log-under-test.suite.js';
import { EmbeddedLog } from './embedded-log.js';

export async function inMemory(): Promise<LogUnderTest> {
  return underTest(await EmbeddedLog.inMemory());
}

export async function onDisk(): Promise<LogUnderTest> {
  const location = await mkdtemp(join(tmpdir(), 'hecto-log-'));
  const under = underTest(await EmbeddedLog.open({ location }));
  const dispose = async () => {
    await under.dispose();
    await rm(location, { recursive: true });
  };
  return { ...under, dispose };
}

function underTest(opened: EmbeddedLog): LogUnderTest {
  let log = opened;
  return {
    log,
    another: () => Promise.resolve(log),
    crash: async () => (log = await log.crash()),
    dispose: () => log.close(),
  };
}
