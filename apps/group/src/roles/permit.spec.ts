import type { GroupId, GroupMember, GroupRole, UserId } from '#contracts';
import { permit, type Party } from './permit.js';

const GROUP = 'team' as GroupId;

function party(name: string, role?: GroupRole): Party {
  const userId = name as UserId;
  const member: GroupMember | undefined = role && { groupId: GROUP, userId, role, joinedAt: 0 };
  return { userId, member };
}

describe('permit', () => {
  it('lets pass what the table allows', () => {
    expect(() => permit('kick', GROUP, party('ann', 'admin'), party('bob', 'member'))).not.toThrow();
  });

  it('names the stranger who acts', () => {
    expect(() => permit('update', GROUP, party('eve'))).toThrow('eve is not a member of group team');
  });

  it('names the stranger it would be done to', () => {
    expect(() => permit('kick', GROUP, party('ann', 'admin'), party('eve'))).toThrow('eve is not a member of group team');
  });

  it('names who may not do what to whom', () => {
    expect(() => permit('kick', GROUP, party('ann', 'admin'), party('bob', 'owner'))).toThrow(
      'ann (admin) may not kick towards bob (owner) in group team',
    );
  });

  it('tells an owner what to do instead of leaving', () => {
    expect(() => permit('leave', GROUP, party('ann', 'owner'))).toThrow('ann owns group team; transfer or dismiss it');
  });
});
