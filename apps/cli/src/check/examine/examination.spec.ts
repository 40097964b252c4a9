import type { Database } from '#storage';
import type { Finding } from '../finding.js';
import { Examination } from './examination.js';

const finding = (id: string, detail = 'is wrong'): Finding => ({ rule: 'seqs', documents: [id], detail });

describe('looking at a page', () => {
  const reported: Finding[] = [];
  const examination = new Examination({ database: {} as Database, pauseMs: 0, settleMs: 1, report: (each) => reported.push(each) });
  const looks = (...answers: Finding[][]) =>
    examination.page(() => Promise.resolve({ findings: answers.shift() ?? [], left: answers.length }));
  beforeEach(() => (reported.length = 0));

  it('looks once where nothing seems wrong', async () => {
    expect(await looks([], [finding('a')])).toMatchObject({ left: 1 });
    expect(reported).toEqual([]);
  });

  it('does not report what is mended at the second look', async () => {
    expect(await looks([finding('a'), finding('b')], [finding('b')])).toMatchObject({ left: 0 });
    expect(reported).toEqual([finding('b')]);
    expect(examination.counts.lookedAgain).toBe(1);
  });

  it('does not report what only came up at the second look: it may be in flight', async () => {
    await looks([finding('a')], [finding('c')]);
    expect(reported).toEqual([]);
  });

  it('takes what moved on for the same, and reports it as it is now', async () => {
    await looks([finding('a', '3 too many')], [finding('a', '4 too many')]);
    expect(reported).toEqual([finding('a', '4 too many')]);
  });
});
