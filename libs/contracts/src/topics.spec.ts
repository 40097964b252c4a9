import { TOPICS } from './topics.js';

const HEADER_ROOM = 16 * 1024;

describe('the topics', () => {
  it('give a dead letter room for the largest record of its source and for the headers that say why it is dead', () => {
    const deadLetters = TOPICS.filter(({ name }) => name.endsWith('.dlq'));
    expect(deadLetters).toHaveLength(5);
    for (const { name, maxRecordBytes } of deadLetters) {
      const source = TOPICS.find((topic) => name.startsWith(`${topic.name}.`))!;
      expect(maxRecordBytes).toBe(source.maxRecordBytes + HEADER_ROOM);
    }
  });
});
