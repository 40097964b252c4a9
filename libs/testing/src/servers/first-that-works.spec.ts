import { firstThatWorks, NothingFound } from './first-that-works.js';

const failing = (name: string, reason: string) => ({ name, find: () => Promise.reject(new Error(reason)) });

describe('firstThatWorks', () => {
  it('takes the first source that delivers and asks none after it', async () => {
    const last = { name: 'last', find: jest.fn() };
    const second = { name: 'second', find: () => Promise.resolve('here') };
    await expect(firstThatWorks('thing', [failing('first', 'gone'), second, last], 'do this')).resolves.toBe('here');
    expect(last.find).not.toHaveBeenCalled();
  });

  it('says in one message what was tried, why each failed, and what to do', async () => {
    const finding = firstThatWorks('thing', [failing('on PATH', 'not there'), failing('a download', 'no network')], 'Install it.');
    await expect(finding).rejects.toBeInstanceOf(NothingFound);
    await expect(finding).rejects.toThrow(/No thing could be found[^]*on PATH: not there[^]*a download: no network[^]*Install it\./);
  });
});
