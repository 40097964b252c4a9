import { MongoNetworkError, MongoServerError } from 'mongodb';
import { problem } from '#contracts';
import { steadily } from './steadily.js';

const QUICK = { retries: 5, minTimeout: 1, maxTimeout: 1 };

/** Fails with these errors, one after the other, then answers. */
function failing(...errors: Error[]) {
  let tries = 0;
  const read = () => {
    tries += 1;
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('read');
  };
  return { read, tries: () => tries };
}

describe('a read of the check', () => {
  it('goes on when the server comes back, and when the moment could not be read', async () => {
    const snapshotGone = new MongoServerError({ message: 'SnapshotUnavailable', code: 246 });
    const primaryGone = new MongoServerError({ message: 'not primary', code: 10107 });
    const { read, tries } = failing(new MongoNetworkError('connection closed'), snapshotGone, primaryGone);
    expect(await steadily(read, QUICK)).toBe('read');
    expect(tries()).toBe(4);
  });

  it.each([
    new Error('a fault of ours'),
    problem('not_found', 'refused for good'),
    new MongoServerError({ message: 'bad query', code: 2 }),
  ])('fails at once with %s', async (error) => {
    const { read, tries } = failing(error);
    await expect(steadily(read, QUICK)).rejects.toThrow(error.message);
    expect(tries()).toBe(1);
  });
});
