import { MongoServerError } from 'mongodb';
import { checkTransactionLimit } from './check-transaction-limit.js';

const answering = (seconds: unknown) => ({ command: () => Promise.resolve({ transactionLifetimeLimitSeconds: seconds, ok: 1 }) });
const failing = (error: Error) => ({ command: () => Promise.reject(error) });

describe('the doctor on transactions of killed processes', () => {
  it.each([1, 5])('is content when they end after %i s', async (seconds) => {
    expect(await checkTransactionLimit(answering(seconds))).toEqual({
      ...{ part: 'transactions', ok: true },
      detail: `those of a killed process end after ${seconds} s`,
    });
  });

  it.each([6, 60])('warns when they stay open for %i s, and says why, and what to set', async (seconds) => {
    const finding = await checkTransactionLimit(answering(seconds));
    expect(finding.ok).toBe(false);
    expect(finding.detail).toContain(`is ${seconds}: the conversations and groups that a killed process was writing refuse writes`);
    expect(finding.advice).toContain('--setParameter transactionLifetimeLimitSeconds=5');
  });

  it.each([
    [
      'who may not ask',
      failing(new MongoServerError({ message: 'not authorized on admin', code: 13, codeName: 'Unauthorized' })),
      'Unauthorized',
    ],
    ['who hears something else', answering(undefined), 'the answer has no number'],
  ])('tells %s that it could not be read, and finds nothing wrong', async (_who, admin, why) => {
    const finding = await checkTransactionLimit(admin);
    expect(finding).toMatchObject({ ok: true, detail: expect.stringContaining(`could not be read (${why})`) as string });
    expect(finding.detail).toContain('at most 5');
  });

  it('does not hide a connection that breaks', async () => {
    await expect(checkTransactionLimit(failing(new Error('connection closed')))).rejects.toThrow('connection closed');
  });
});
