import type { ConversationId, Seq } from '#contracts';
import { RecentSeqs } from './recent-seqs.js';

const TEAM = 'sg_team' as ConversationId;

describe('RecentSeqs', () => {
  it('remembers the highest seq for at least 20 s and at most 40', () => {
    let now = 0;
    const recent = new RecentSeqs({ now: () => now });
    recent.saw(TEAM, 7 as Seq);
    recent.saw(TEAM, 5 as Seq);
    now = 20_001;
    recent.saw('sg_other' as ConversationId, 1 as Seq);
    expect(recent.highest(TEAM)).toBe(7);
    now = 40_002;
    recent.saw('sg_other' as ConversationId, 2 as Seq);
    expect(recent.highest(TEAM)).toBe(0);
    expect(recent.highest('sg_other' as ConversationId)).toBe(2);
  });
});
