import { MongoBulkWriteError, MongoErrorLabel, MongoNetworkError, MongoServerError, type BulkWriteResult } from 'mongodb';
import { storageProblem } from './storage-errors.js';

const NOTHING_WRITTEN = { insertedCount: 0 } as BulkWriteResult;

describe('what a caller sees of an error of the driver', () => {
  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])('is "unavailable" for a socket that broke with %s', (code) => {
    const error = Object.assign(new Error('This socket has been ended by the other party'), { code });
    expect(storageProblem(error)).toMatchObject({ code: 'unavailable', retryable: true, cause: error });
  });

  it('is "unavailable" for a bulk write that lost its connection', () => {
    const error = new MongoBulkWriteError(new MongoNetworkError('connection 10 closed'), NOTHING_WRITTEN);
    expect(storageProblem(error)).toMatchObject({ code: 'unavailable' });
  });

  it('is "unavailable" for a bulk write whose socket broke as it was written to', () => {
    const broken = Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET' });
    const error = new MongoBulkWriteError(broken, NOTHING_WRITTEN);
    expect(storageProblem(error)).toMatchObject({ code: 'unavailable' });
  });

  it('is "timeout" for a commit of unknown outcome', () => {
    const error = new MongoNetworkError('connection 10 closed');
    error.addErrorLabel(MongoErrorLabel.UnknownTransactionCommitResult);
    expect(storageProblem(error)).toMatchObject({ code: 'timeout' });
  });

  it.each([
    ['a duplicate key', new MongoServerError({ message: 'E11000 duplicate key', code: 11000 })],
    ['a bulk write that was refused', new MongoBulkWriteError({ message: 'too large', code: 10334 }, NOTHING_WRITTEN)],
    ['a fault of ours', new TypeError('x is not a function')],
    ['a file that is not there', Object.assign(new Error('no such file'), { code: 'ENOENT' })],
  ])('is left as it is: %s', (_what, error) => {
    expect(storageProblem(error)).toBeUndefined();
  });
});
