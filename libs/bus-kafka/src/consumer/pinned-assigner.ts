import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

const NAME = 'HectoPinned';

/** Gives each member the partitions that it names itself, whoever else is in the group: for groups of one member. */
export function pinnedAssigner(topic: string, partitions: readonly number[]): PartitionAssigner {
  const { MemberAssignment, MemberMetadata } = AssignerProtocol;
  return () => ({
    name: NAME,
    version: 0,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: MemberMetadata.encode({ version: 0, topics, userData: Buffer.from(JSON.stringify(partitions)) }),
    }),
    assign: ({ members }) =>
      Promise.resolve(
        members.map(({ memberId, memberMetadata }) => ({
          memberId,
          memberAssignment: MemberAssignment.encode({
            version: 0,
            assignment: { [topic]: wishesOf(MemberMetadata.decode(memberMetadata)?.userData) },
            userData: Buffer.alloc(0),
          }),
        })),
      ),
  });
}

function wishesOf(userData: Buffer | undefined): number[] {
  return userData && userData.length > 0 ? (JSON.parse(userData.toString()) as number[]) : [];
}
