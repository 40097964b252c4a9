import type { RecordMetadata } from 'kafkajs';
import { AppendTicket } from './append-ticket.js';
import { deliver } from './delivery.js';
import { Lane } from './lane.js';

const NOT_LEADER = 6;
const TOO_LARGE = 10;

describe('the delivery of a produce request', () => {
  const sent: number[][] = [];
  const settled: number[] = [];
  const run = (lanes: readonly Lane[], answers: (Error | Record<number, number>)[]): Promise<void> =>
    deliver(lanes, {
      send: (some) => {
        sent.push(some.map(({ partition }) => partition));
        const answer = answers.shift();
        return answer instanceof Error
          ? Promise.reject(answer)
          : Promise.resolve(some.map((lane) => metadata(lane, answer?.[lane.partition] ?? 0)));
      },
      onSettled: ({ partition }) => settled.push(partition),
      report: () => undefined,
    });
  beforeEach(() => {
    sent.length = 0;
    settled.length = 0;
  });

  it('appends again only what a partition did not take, so that the others’ records are there once', async () => {
    const [a, b] = [laneOf(0), laneOf(1)];
    await run([a.lane, b.lane], [{ 1: NOT_LEADER }, {}]);
    expect(sent).toEqual([[0, 1], [1]]);
    expect(settled).toEqual([0, 1]);
    expect(await Promise.all([a.answered, b.answered])).toEqual([[{ partition: 0, offset: 7 }], [{ partition: 1, offset: 7 }]]);
  });

  it('sends everything again when nobody can know how it fared', async () => {
    const [a, b] = [laneOf(0), laneOf(1)];
    await run([a.lane, b.lane], [new Error('Closed connection'), {}]);
    expect(sent).toEqual([
      [0, 1],
      [0, 1],
    ]);
    await Promise.all([a.answered, b.answered]);
  });

  it('refuses at once, and to its lane alone, what the broker will never take', async () => {
    const [a, b] = [laneOf(0), laneOf(1)];
    await run([a.lane, b.lane], [{ 0: TOO_LARGE }]);
    expect(sent).toEqual([[0, 1]]);
    await expect(a.answered).rejects.toMatchObject({ code: 'payload_too_large' });
    await b.answered;
  });
});

function laneOf(partition: number): { lane: Lane; answered: Promise<unknown> } {
  const lane = new Lane('t', partition, { maxRecords: 10, maxBytes: 1_000 });
  const record = { key: 'k', value: Buffer.alloc(0) };
  const ticket = new AppendTicket([record]);
  lane.push({ ticket, index: 0, record, bytes: 1 });
  lane.depart();
  ticket.answered.catch(() => undefined);
  return { lane, answered: ticket.answered };
}

function metadata({ topic, partition }: Lane, errorCode: number): RecordMetadata {
  return { topicName: topic, partition, errorCode, baseOffset: '7' };
}
