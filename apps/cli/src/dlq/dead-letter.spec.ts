import fc from 'fast-check';
import { HEADER } from '#bus';
import { formatAddress, parseAddress } from './address.js';
import { letterOf, replayed, ReplayChoice, type DeadLetter } from './dead-letter.js';
import { deadLetterTopics } from './dead-letter-topics.js';
import { describeInFull, describeInList } from './describe-letter.js';

const [sends] = deadLetterTopics() as [ReturnType<typeof deadLetterTopics>[0]];

function letter(offset: number, headers: Record<string, string> = {}, value: Buffer = Buffer.from('not json')): DeadLetter {
  const why = { [HEADER.reason]: 'Unexpected token', [HEADER.origin]: 'message.send.v1/3/42', [HEADER.type]: 'message.send' };
  return letterOf(sends, { topic: sends.name, partition: 3, offset, key: 'sg_team', value, headers: { ...why, ...headers }, timestamp: 0 });
}

describe('the place of a dead letter', () => {
  it('is read as it is written', () => {
    const address = fc.record({
      topic: fc.constantFrom(...deadLetterTopics()),
      partition: fc.nat({ max: 31 }),
      offset: fc.maxSafeNat().map((n) => n % 1e15),
    });
    fc.assert(fc.property(address, (each) => expect(parseAddress(formatAddress(each))).toEqual(each)));
  });

  it('is one of sends without a topic, and takes the name of either topic', () => {
    expect(parseAddress('3:17')).toEqual({ topic: sends, partition: 3, offset: 17 });
    expect(parseAddress('group.rpc.v1.group--group.rpc.v1.dlq/0:1').topic.source).toBe('group.rpc.v1');
  });

  it.each(['3', '3:x', 'nowhere/3:1', '-1:2', ''])('is not %j', (text) => {
    expect(() => parseAddress(text)).toThrow(/is no place of a dead letter|has no dead letters/);
  });
});

describe('a dead letter', () => {
  it('is listed with its place, what it was, and why', () => {
    expect(describeInList(letter(7))).toBe(
      'message.send.v1/3:7  1970-01-01T00:00:00.000Z  message.send  key sg_team  8 bytes  was message.send.v1/3/42\n    Unexpected token',
    );
  });

  it('cannot play tricks on a terminal', () => {
    const shown = describeInFull(letter(7, { [HEADER.reason]: 'a\u001b[2Jb\nc', 'x-1': '\u009b0m' }, Buffer.from('\u001b[31m{}')));
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(shown).toContain('a\\x1b[2Jb\\x0ac');
  });

  it.each([
    ['JSON', Buffer.from('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}'],
    ['other text', Buffer.from('not json ä'), 'payload (text that is no JSON, 11 bytes):\nnot json ä'],
    ['no text', Buffer.from([0xff, 0x41, 0x00]), '000000  ff 41 00                                         .A.'],
    ['nothing', Buffer.alloc(0), 'payload (text that is no JSON, 0 bytes):'],
  ])('is shown in full when it is %s', (_what, value, shown) => {
    expect(describeInFull(letter(7, { 'request-id': 'r1' }, value))).toContain('request-id: r1');
    expect(describeInFull(letter(7, {}, value))).toContain(shown);
  });

  it('is replayed as the record that it was, with the place of the letter', () => {
    expect(replayed(letter(7, { id: 'x' }))).toEqual({
      key: 'sg_team',
      value: Buffer.from('not json'),
      headers: { id: 'x', [HEADER.type]: 'message.send', [HEADER.replayOf]: 'message.send.v1/3:7' },
    });
  });
});

describe('replaying all', () => {
  const chosen = (...letters: DeadLetter[]) => {
    const choice = new ReplayChoice();
    for (const each of letters) choice.see(each);
    return letters.filter((each) => choice.includes(each)).map(({ record }) => record.offset);
  };

  it('replays each record once, by its last letter', () => {
    expect(chosen(letter(1), letter(2), letter(3, { [HEADER.origin]: 'message.send.v1/3/43' }))).toEqual([2, 3]);
  });

  it('replays no letter whose replay has died since, but the letter of that replay', () => {
    const again = { [HEADER.origin]: 'message.send.v1/3/50', [HEADER.replayOf]: 'message.send.v1/3:1' };
    expect(chosen(letter(1), letter(2, again))).toEqual([2]);
  });

  it('replays a letter that does not say where it was', () => {
    expect(chosen(letter(1, { [HEADER.origin]: '' }), letter(2, { [HEADER.origin]: '' }))).toEqual([1, 2]);
  });
});
