import { search } from './search/search.js';
import { QUICK_LOGS } from './small-logs.js';
import { VARIANTS } from './variants/variants.js';
import { ALL_GUARDS } from './world/model-setup.js';

jest.setTimeout(180_000);

describe('the message path', () => {
  it.each(QUICK_LOGS)('keeps every promise in every state that "$name" leads to: $about', async (log) => {
    const { counterExample, ends } = await search(log, ALL_GUARDS);
    expect(counterExample).toBeUndefined();
    expect(ends).toBeGreaterThan(0);
  });
});

describe('the search', () => {
  it.each(VARIANTS)('catches $name', async ({ log, guards, shows }) => {
    const { counterExample } = await search(log, guards);
    expect(counterExample?.violation).toMatch(shows);
  });
});
