import { ApiError, ConnectionError } from './api-error.js';
import { patiently } from './patiently.js';

const failing = (...errors: Error[]) =>
  jest.fn(() => {
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  });

describe('doing something patiently', () => {
  it('does it again after a lost connection and after an error that may pass', async () => {
    const work = failing(new ConnectionError('gone'), new ApiError(503, 'unavailable', 'MongoDB is away', true));
    const told: string[] = [];
    expect(await patiently(work, { onRetry: ({ message }) => told.push(message) })).toBe('done');
    expect(told).toEqual(['gone', 'unavailable: MongoDB is away']);
  });

  it('does not repeat what can not succeed', async () => {
    const work = failing(new ApiError(403, 'not_a_member', 'bob is not a member', false));
    await expect(patiently(work)).rejects.toThrow('not_a_member: bob is not a member');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('waits as long as the server asks', async () => {
    const started = performance.now();
    await patiently(failing(new ApiError(429, 'too_many_requests', 'slowly', true, 150)));
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
  });

  it('gives up in the end, with the last error', async () => {
    await expect(patiently(failing(new ConnectionError('gone')), { giveUpAfterMs: -1 })).rejects.toThrow('gone');
  });
});
