/** Who can hold partitions of a group. */
export interface Member {
  /** Takes partitions over; resolves after the first try to place each. */
  assign(partitions: readonly number[]): Promise<void>;
  /** Gives partitions up; resolves when their next owner may start. */
  release(partitions: readonly number[]): Promise<void>;
}

/** The members of one group on one topic in this process, and which of them has which partitions. */
export class GroupCoordinator {
  private readonly holdings = new Map<Member, readonly number[]>();
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly partitions: number) {}

  /** Resolves when the newcomer has its share. */
  join(member: Member): Promise<void> {
    return this.change(() => {
      this.holdings.set(member, []);
      return Promise.resolve();
    });
  }

  leave(member: Member): Promise<void> {
    return this.change(async () => {
      const held = this.holdings.get(member) ?? [];
      this.holdings.delete(member);
      await member.release(held);
    });
  }

  private change(step: () => Promise<void>): Promise<void> {
    const result = this.tail.then(async () => {
      await step();
      await this.rebalance();
    });
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** First everything that moves is given up, then it is taken over: a partition has one owner at a time. */
  private async rebalance(): Promise<void> {
    const moves = [...this.holdings].map(([member, held], at) => ({ member, held, share: this.shareOf(at) }));
    for (const { member, share } of moves) this.holdings.set(member, share);
    await Promise.all(moves.map(({ member, held, share }) => member.release(held.filter((partition) => !share.includes(partition)))));
    await Promise.all(moves.map(({ member, held, share }) => member.assign(share.filter((partition) => !held.includes(partition)))));
  }

  private shareOf(at: number): number[] {
    const all = Array.from({ length: this.partitions }, (_, partition) => partition);
    return all.filter((partition) => partition % this.holdings.size === at);
  }
}
