import fc from 'fast-check';
import { apiCommands } from './api-model/commands.js';
import { expectAll } from './api-model/expectations.js';
import { HectoUnderTest } from './api-model/hecto-under-test.js';
import { Truth } from './api-model/truth.js';
import { SHAPES } from './support/shapes.js';

const WALKS = 8;
const MAX_COMMANDS = 60;
/** A walk that fails is made shorter for so long. */
const SHRINKING_MS = 120_000;
const LIMIT_MS = 240_000;

describe.each(SHAPES)('the public API beside a model of it, $name', (shape) => {
  it.each(['join', 'all'] as const)(
    'answers and shows what the model says, with a history of %s',
    async (history) => {
      const walk = fc.asyncProperty(apiCommands(MAX_COMMANDS), async (commands) => {
        const [model, real] = [new Truth(history), await HectoUnderTest.with(shape, history)];
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await expectAll(model, real);
      });
      await fc.assert(walk, { numRuns: WALKS, interruptAfterTimeLimit: SHRINKING_MS });
    },
    LIMIT_MS,
  );
});
