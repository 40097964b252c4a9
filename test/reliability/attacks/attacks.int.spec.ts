import { attackBus } from './bus/attack-bus.js';
import { renderReport } from './report.js';
import { attackSockets } from './ws/attack-sockets.js';

const LIMIT_MS = 180_000;

/** A small share of the runs that docs/reliability.md records; `npm run attack` plays as many as one likes. */
describe('generated bad input', () => {
  it.each([
    ['WebSocket frames', attackSockets, 2500],
    ['bus records', attackBus, 800],
  ])(
    'of %s finds nothing: no fault, no crash, no stack trace, no changed document',
    async (_, attack, cases) => {
      const report = await attack({ cases, seed: 4, say: () => undefined });
      expect(report.findings.count === 0 ? 'nothing found' : renderReport(report)).toBe('nothing found');
    },
    LIMIT_MS,
  );
});
