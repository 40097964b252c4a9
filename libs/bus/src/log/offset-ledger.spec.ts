import type { Train } from './event-log.js';
import { OffsetLedger } from './offset-ledger.js';

describe('the ledger of offsets', () => {
  it('knows as committable the end of what was handled, once', () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 5);
    expect(ledger.uncommitted()).toEqual(new Map());
    handle(ledger, trainOf([0, 5], [0, 6]));
    expect(ledger.uncommitted()).toEqual(new Map([[0, 7]]));
    ledger.committed(new Map([[0, 7]]));
    expect(ledger.uncommitted()).toEqual(new Map());
  });

  it('still owes what was handled while an older offset was being committed', () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 0);
    handle(ledger, trainOf([0, 0]));
    const committing = ledger.uncommitted();
    handle(ledger, trainOf([0, 1]));
    ledger.committed(committing);
    expect(ledger.uncommitted()).toEqual(new Map([[0, 2]]));
  });

  it('takes nothing from a train whose partition was placed anew while it ran', () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 10);
    ledger.place(1, 0);
    const train = trainOf([0, 10], [1, 0]);
    ledger.depart(train);
    ledger.place(0, 3);
    expect(ledger.unmoved()).toEqual([1]);
    ledger.handled(train);
    expect(ledger.uncommitted()).toEqual(new Map([[1, 1]]));
  });

  it('owes nothing of a train that was committed ahead, neither while it runs nor after it', () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 0);
    handle(ledger, trainOf([0, 0]));
    const train = trainOf([0, 1], [0, 2]);
    ledger.depart(train);
    const ahead = ledger.ahead(train);
    expect(ahead).toEqual(new Map([[0, 3]]));
    ledger.committedAhead(ahead!);
    expect(ledger.uncommitted()).toEqual(new Map());
    ledger.handled(train);
    expect(ledger.uncommitted()).toEqual(new Map());
    handle(ledger, trainOf([0, 3]));
    expect(ledger.uncommitted()).toEqual(new Map([[0, 4]]));
  });

  it('commits no train ahead of which a partition has moved', () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 0);
    ledger.place(1, 0);
    const train = trainOf([0, 0], [1, 0]);
    ledger.depart(train);
    ledger.place(1, 0);
    expect(ledger.ahead(train)).toBeUndefined();
    ledger.depart(train);
    ledger.forget([0]);
    expect(ledger.ahead(train)).toBeUndefined();
  });

  it('says when a place is reached, and waits no longer for what was taken away', async () => {
    const ledger = new OffsetLedger();
    ledger.place(0, 0);
    const reached: string[] = [];
    const both = ledger.reach(
      new Map([
        [0, 2],
        [1, 9],
      ]),
    );
    void both.then(() => reached.push('both'));
    handle(ledger, trainOf([0, 0], [0, 1]));
    await Promise.resolve();
    expect(reached).toEqual([]);
    ledger.forget([1]);
    await both;
    expect(reached).toEqual(['both']);
  });
});

function trainOf(...positions: [partition: number, offset: number][]): Train {
  const rest = { topic: 't', key: '', value: Buffer.alloc(0), headers: {}, timestamp: 0 };
  return { records: positions.map(([partition, offset]) => ({ ...rest, partition, offset })) };
}

function handle(ledger: OffsetLedger, train: Train): void {
  ledger.depart(train);
  ledger.handled(train);
}
