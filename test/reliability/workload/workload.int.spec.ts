import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '#storage';
import { startStandalone, testServers, withDatabase, type Standalone } from '#testing';
import { check } from '../checker/check.js';
import { renderReport } from '../checker/print-report.js';
import { MongoStoredState } from '../checker/stored/mongo-stored-state.js';
import { HistoryFile } from '../history/history-file.js';
import type { CallLine, HistoryLine, ReturnLine } from '../history/history.js';
import { readWholeHistory } from '../history/read-history.js';
import { Recorder } from '../history/recorder.js';
import type { RunCounts } from '../history/run-counts.js';
import { Workload } from './workload.js';

const ENV = { HECTO_RATE_SEND: '1000/5000', HECTO_RATE_REQUEST: '1000/5000', HECTO_RATE_SOCKET: '1000/5000', HECTO_LOG_LEVEL: 'warn' };
const RATE = 200;
const SECONDS = 6;

describe('a run of the workload on standalone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-workload-'));
  const path = join(folder, 'history.jsonl');
  let mongoUrl: string;
  let standalone: Standalone;
  let counts: RunCounts;
  let lines: HistoryLine[];

  beforeAll(async () => {
    mongoUrl = withDatabase(testServers().mongoUrl, `workload-${Date.now().toString(36)}`);
    standalone = await startStandalone({ mongoUrl, dataDir: join(folder, 'data'), env: ENV });
    const file = new HistoryFile(path);
    const recorder = new Recorder(file);
    const workload = new Workload({ urls: () => [standalone.url], adminKey: standalone.keys.adminKey, seed: 7, rate: RATE, recorder });
    try {
      await workload.start();
      await sleep(SECONDS * 1000);
      counts = await workload.settle();
    } finally {
      await workload.abandon();
      file.close();
    }
    lines = await readWholeHistory(path);
  }, 240_000);

  afterAll(async () => {
    await standalone.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const of = <Kind extends HistoryLine['kind']>(kind: Kind) =>
    lines.filter((line): line is Extract<HistoryLine, { kind: Kind }> => line.kind === kind);

  it('sends at its rate, and gets an answer to everything', () => {
    expect(counts.sends).toBeGreaterThan(RATE * SECONDS * 0.9);
    expect(counts.sendsOk).toBeGreaterThan(RATE * SECONDS * 0.8);
    expect(counts.sendsOk + counts.sendsRefused + counts.sendsUnknown).toBe(counts.sends);
    const answered = new Set(of('return').map(({ call }) => call));
    expect(of('call').filter(({ call }) => !answered.has(call))).toEqual([]);
  });

  it('does every kind of operation', () => {
    const types = new Set(of('call').map(({ operation }) => operation.type));
    const all = ['send', 'create-group', 'join', 'leave', 'invite', 'kick', 'dismiss', 'read', 'history', 'sync', 'list'];
    expect([...types].sort()).toEqual(all.sort());
  });

  it('is refused as it should be, and repeats what it sent', () => {
    for (const refusal of ['send not_a_member', 'send idempotency_key_reused', 'send user_not_found', 'send group_not_found']) {
      expect(counts.refused).toHaveProperty([refusal], expect.any(Number));
    }
    expect(counts.sendsReplayed).toBeGreaterThan(30);
  });

  it('sees deliveries, windows that open and close, and connections that end both ways', () => {
    expect(counts.deliveries).toBeGreaterThan(counts.sendsOk);
    expect(counts.pushes).toMatchObject({ opened: expect.any(Number), closed: expect.any(Number) });
    const codes = new Set(of('socket').flatMap(({ closeCode = [] }) => closeCode));
    expect([...codes]).toEqual(expect.arrayContaining([1000, 1006]));
  });

  it('finds every promise kept', async () => {
    const database = new Database({ url: mongoUrl, appName: 'workload-spec' });
    const report = await check(path, new MongoStoredState(database)).finally(() => database.close());
    expect(renderReport(report)).toMatch(/^Every promise was kept\./);
  }, 60_000);

  it('has each device synced to the end, and every message read back, after all was quiet', () => {
    const quietAt = lines.findIndex((line) => line.kind === 'mark' && line.what === 'quiet');
    const after = lines.slice(quietAt);
    const calls = new Map(after.filter((line): line is CallLine => line.kind === 'call').map((line) => [line.call, line]));
    const returns = after.filter((line): line is ReturnLine => line.kind === 'return');
    const synced = returns.flatMap(({ call, answer }) => (answer?.type === 'sync' && answer.complete ? [calls.get(call)!.client] : []));
    const devices = new Set(of('socket').map(({ client }) => `${client.userId}/${client.deviceId}`));
    expect(new Set(synced.map(({ userId, deviceId }) => `${userId}/${deviceId}`))).toEqual(devices);
    const read = new Set(
      returns.flatMap(({ answer }) => (answer?.type === 'history' ? answer.items.map(({ messageId }) => messageId) : [])),
    );
    const sent = of('return').flatMap(({ answer }) => (answer?.type === 'send' ? [answer.messageId] : []));
    const stillReadable = new Set(sent.filter((messageId) => read.has(messageId)));
    expect(stillReadable.size).toBeGreaterThan(new Set(sent).size * 0.9);
  });
});
