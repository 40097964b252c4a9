import { SERVICES } from '#testing';
import { catchUpOn } from './catch-up/catch-up.js';
import { heapOn } from './heap/heap.js';
import { hostileSocketsOn } from './hostile/hostile-sockets.js';
import { WITH_INSPECTOR } from './measure/inspector.js';
import { overloadOn } from './overload/overload.js';
import { renderReport, type EnduranceOptions, type EnduranceReport } from './report.js';
import { onStage, type Stage } from './start-stage.js';

const LIMIT_MS = 240_000;
const OPTIONS: EnduranceOptions = { minutes: 0.04, rate: 50, seed: 1, message: 1, gateway: 1, say: () => undefined };
const SOON = { quietSeconds: 1 };

const PARTS: Record<string, (stage: Stage) => Promise<EnduranceReport>> = {
  'a burst of sends': (stage) => overloadOn(stage, { ...OPTIONS, ...SOON, rate: 400, pairs: 20, recoveredWithinMs: 0 }),
  'hostile sockets': (stage) => hostileSocketsOn(stage, { ...OPTIONS, ...SOON, sizes: { silentReaders: 60, mutes: 60, strangers: 200 } }),
  'steady load': (stage) => heapOn(stage, { ...OPTIONS, minutes: 0.06, everyMs: 1000, pairs: 10, mostGrowth: Infinity }),
  'records that wait': (stage) => catchUpOn(stage, { ...OPTIONS, ...SOON, pairs: 15, unread: 300 }),
};

/** A small share of the runs that docs/reliability.md records, without a word on how long anything takes: `npm run endure` says that. */
describe('a cluster that is given more than usual', () => {
  it(
    'loses nothing that it answered, refuses retryably, and keeps its memory',
    async () => {
      const serviceEnv = Object.fromEntries(SERVICES.map((service) => [service, WITH_INSPECTOR]));
      const broken = await onStage({ ...OPTIONS, serviceEnv }, async (stage) => {
        const reports: string[] = [];
        for (const [name, part] of Object.entries(PARTS)) {
          const report = await part(stage);
          if (report.broken.length > 0) reports.push(`${name}:\n${renderReport(report)}`);
        }
        return reports;
      });
      expect(broken).toEqual([]);
    },
    LIMIT_MS,
  );
});
