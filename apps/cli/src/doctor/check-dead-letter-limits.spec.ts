import type { TopicState } from '#bus';
import { TOPICS } from '#contracts';
import { checkDeadLetterLimits } from './check-dead-letter-limits.js';

const LETTERS = 'message.send.v1.message--message.send.v1.dlq';
const declared: readonly TopicState[] = TOPICS;
const changed = (name: string, maxRecordBytes: number) =>
  declared.map((state) => (state.name === name ? { ...state, maxRecordBytes } : state));

describe('the doctor on the limits of dead letters', () => {
  it('is content with topics as they are declared', () => {
    expect(checkDeadLetterLimits(declared)).toEqual([{ part: 'dead letters', ok: true, detail: 'keep whatever their topics take' }]);
  });

  it('warns when a topic was made to take larger records than its dead letters keep, and says how to mend it', () => {
    const findings = checkDeadLetterLimits(changed('message.send.v1', 4_194_304));
    expect(findings).toMatchObject([{ ok: false, detail: expect.stringContaining('message.send.v1 takes 4194304') as string }]);
    expect(findings[0]?.advice).toContain(`--entity-name ${LETTERS} --add-config max.message.bytes=4210688`);
  });

  it('warns when the largest record would fit only without the reason why it is there', () => {
    expect(checkDeadLetterLimits(changed(LETTERS, 1024 * 1024))).toMatchObject([{ ok: false }]);
  });

  it('warns of each such topic', () => {
    const all = declared.map((state) => ({ ...state, maxRecordBytes: state.name.endsWith('.dlq') ? 1 : state.maxRecordBytes }));
    expect(checkDeadLetterLimits(all)).toHaveLength(TOPICS.filter(({ name }) => name.endsWith('.dlq')).length);
  });

  it('leaves topics that are missing to others', () => {
    expect(checkDeadLetterLimits([])).toMatchObject([{ ok: true }]);
  });
});
