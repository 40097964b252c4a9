import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { GroupCoordinator, type Member } from './group-coordinator.js';

const PARTITIONS = 7;

/** Knows who holds what at every moment, and takes its time to give it up. */
class Holder implements Member {
  constructor(private readonly held: Map<number, Holder>) {}

  get holdings(): number[] {
    return [...this.held].filter(([, holder]) => holder === this).map(([partition]) => partition);
  }

  async assign(partitions: readonly number[]): Promise<void> {
    for (const partition of partitions) {
      if (this.held.has(partition)) throw new Error(`${partition} has an owner`);
      this.held.set(partition, this);
    }
    await turn();
  }

  async release(partitions: readonly number[]): Promise<void> {
    await turn();
    for (const partition of partitions) this.held.delete(partition);
  }
}

describe('a group', () => {
  it('gives each partition one owner at a time, and shares them evenly, whoever joins and leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 20 }), async (steps) => {
        const held = new Map<number, Holder>();
        const coordinator = new GroupCoordinator(PARTITIONS);
        const members = new Map<number, Holder>();
        const changes = steps.map((name) => {
          const member = members.get(name) ?? new Holder(held);
          if (members.delete(name)) return coordinator.leave(member);
          members.set(name, member);
          return coordinator.join(member);
        });
        await Promise.all(changes);
        const shares = [...members.values()].map((member) => member.holdings.length);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(members.size === 0 ? 0 : PARTITIONS);
        expect(Math.max(...shares, 0) - Math.min(...shares, PARTITIONS)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
