import type { ReceivedRecord } from '../log/event-log.js';
import { faultOf, LogModel } from './log-model.suite.js';

function record(key: string, text: string, offset: number): ReceivedRecord {
  return { topic: 't', partition: 0, offset, key, value: Buffer.from(text), headers: {}, timestamp: 0 };
}

describe('the model of a log', () => {
  const model = new LogModel();
  for (const text of ['a1', 'a2', 'a3']) model.certain('a', text);
  model.uncertain.add('a4');
  const [a1, a2, a3, a4] = [record('a', 'a1', 0), record('a', 'a2', 1), record('a', 'a3', 2), record('a', 'a4', 3)];

  it('is content with everything in order, with repetitions, and with what may have been appended', () => {
    expect(faultOf(model, [a1, a2, a3])).toBeUndefined();
    expect(faultOf(model, [a1, a2, a1, a2, a3, a2, a3, a4])).toBeUndefined();
  });

  it.each([
    ['a lost record', [a1, a2], 'never handled: a3'],
    ['a record that nobody appended', [a1, a2, a3, record('a', 'x', 3)], 'never appended: x'],
    ['records of a key in another order', [a1, record('a', 'a3', 1), record('a', 'a2', 2)], 'handled as a1, a3, a2'],
    ['a record that was passed over at first', [a1, a3, a2, a3], 'key a was appended as'],
    ['an offset that was passed over', [a1, a2, record('a', 'a3', 3)], 'partition 0 went from 1 to 3'],
  ])('finds %s', (_, handled, fault) => {
    expect(faultOf(model, handled)).toContain(fault);
  });
});
