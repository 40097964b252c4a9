import { adoptions } from './adoption.js';

const range = { partition: 0, committed: undefined, earliest: 10, latest: 20 };
const reason = (progress: { log: string; offset: number }) =>
  adoptions('here', [range], new Map([[0, { epoch: 0, ...progress }]]))[0]?.reason;

describe('adopting a log', () => {
  it('is not needed where the partition can go on', () => {
    expect(reason({ log: 'here', offset: 10 })).toBeUndefined();
    expect(reason({ log: 'here', offset: 20 })).toBeUndefined();
  });

  it('is not needed for a partition that was never worked on', () => {
    expect(adoptions('here', [range], new Map())).toEqual([{ partition: 0, from: undefined, to: 10, reason: undefined }]);
  });

  it.each([
    [{ log: 'other', offset: 15 }, 'belongs to log other'],
    [{ log: 'here', offset: 21 }, 'the log ends at 20, before 21'],
    [{ log: 'here', offset: 9 }, 'the log begins at 10, after 9'],
  ])('is needed for %j: %s', (progress, why) => {
    expect(reason(progress)).toBe(why);
  });
});
