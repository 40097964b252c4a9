import { checkOrphanBodies, checkOrphanBuckets } from './orphan-rules.js';
import { checkOutbox, type Waiting } from './outbox-rules.js';
import { checkProgress, type PartitionFacts } from './progress-rules.js';

describe('the progress of a partition', () => {
  const fine: PartitionFacts = {
    id: 'in/0',
    progress: { log: 'here', offset: 15 },
    identity: 'here',
    earliest: 10,
    latest: 20,
    committed: 12,
  };

  it.each<[string, Partial<PartitionFacts>]>([
    ['within the log', {}],
    ['at its end', { progress: { log: 'here', offset: 20 }, committed: 15 }],
    ['at its beginning', { progress: { log: 'here', offset: 10 }, committed: 10 }],
    ['of which nothing was told yet', { committed: undefined }],
    ['that was never worked on, of an empty log', { progress: undefined, earliest: 0, latest: 0, committed: undefined }],
  ])('may be one %s', (_what, facts) => {
    expect(checkProgress({ ...fine, ...facts })).toEqual([]);
  });

  it.each<[string, Partial<PartitionFacts>]>([
    ['it was counted in log other, this is log here', { progress: { log: 'other', offset: 15 } }],
    ['it is 21, but the log ends at 20', { progress: { log: 'here', offset: 21 } }],
    ['it is 9, but the log begins at 10', { progress: { log: 'here', offset: 9 } }],
    ['it is 15, though 16 is committed', { committed: 16 }],
    ['the log holds 10 records, but none was ever decided', { progress: undefined, committed: undefined }],
  ])('is found to be wrong: %s', (detail, facts) => {
    expect(checkProgress({ ...fine, ...facts })).toMatchObject([
      { rule: 'progress', documents: ['progress in/0'], detail: expect.stringContaining(detail) },
    ]);
  });
});

describe('an outbox', () => {
  const NOW = 1_000_000;
  const entry = (id: string, ageMs = 90_000): Waiting => ({
    _id: id,
    entity: 'team',
    type: 'windows.open',
    created_at: new Date(NOW - ageMs),
  });

  it('may be empty, or move', () => {
    expect(checkOutbox('group_outbox', [], [], NOW)).toEqual([]);
    expect(checkOutbox('group_outbox', [entry('a')], [entry('b')], NOW)).toEqual([]);
    expect(checkOutbox('group_outbox', [entry('a', 1000)], [entry('a', 1000)], NOW)).toEqual([]);
  });

  it('is stuck when an old entry is still there at the second look', () => {
    const findings = checkOutbox('group_outbox', [entry('a'), entry('b')], [entry('a'), entry('b'), entry('c')], NOW);
    expect(findings).toMatchObject([
      { rule: 'outbox', documents: ['group_outbox a', 'group_outbox b'], detail: expect.stringContaining('2 entries wait') },
    ]);
  });
});

describe('what belongs to no conversation', () => {
  const maxSeqs = new Map([['sg_team', 150]]);

  it('is none of the buckets and bodies that its messages need', () => {
    expect(checkOrphanBuckets(['sg_team:0', 'sg_team:1'], maxSeqs)).toEqual([]);
    expect(checkOrphanBodies(['sg_team:1', 'sg_team:150'], maxSeqs)).toEqual([]);
  });

  it.each(['sg_team:2', 'sg_gone:0', 'sg_team', 'sg_team:01', ':0'])('is the bucket %s', (id) => {
    expect(checkOrphanBuckets([id], maxSeqs)).toMatchObject([{ rule: 'orphans', documents: [`msg ${id}`] }]);
  });

  it.each(['sg_team:0', 'sg_team:151', 'sg_gone:1', 'sg_team:x'])('is the body %s', (id) => {
    expect(checkOrphanBodies([id], maxSeqs)).toMatchObject([{ rule: 'orphans', documents: [`msg_body ${id}`] }]);
  });
});
