import type { AttackOptions } from './report.js';
import { renderReport } from './report.js';
import { attackSockets } from './ws/attack-sockets.js';

const LIMIT_MS = 180_000;

/** A small share of the runs that docs/reliability.md records; `npm run attack` plays as many as one likes. */
describe('generated bad input', () => {
  const options: AttackOptions = { cases: 2000, seed: 4, say: () => undefined };

  it.each([['WebSocket frames', attackSockets]])(
    'of %s finds nothing: no fault, no crash, no stack trace, no changed document',
    async (_, attack) => {
      const report = await attack(options);
      expect(report.findings.count === 0 ? 'nothing found' : renderReport(report)).toBe('nothing found');
    },
    LIMIT_MS,
  );
});
