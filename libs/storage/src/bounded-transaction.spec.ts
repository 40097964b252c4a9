import type { ClientSession } from 'mongodb';
import { boundedTransaction } from './bounded-transaction.js';

describe('a transaction', () => {
  it('commits again when its connection broke: committing twice is safe, and settles what happened', async () => {
    const commits = [() => Promise.reject(Object.assign(new Error('ended'), { code: 'EPIPE' })), () => Promise.resolve()];
    const commitTransaction = jest.fn(() => commits.shift()?.());
    const session = { startTransaction: jest.fn(), commitTransaction } as unknown as ClientSession;

    const done = await boundedTransaction(session, () => Promise.resolve('done'), { timeoutMs: 1000 });

    expect(done).toBe('done');
    expect(commitTransaction).toHaveBeenCalledTimes(2);
    expect(session.startTransaction).toHaveBeenCalledTimes(1);
  });
});
