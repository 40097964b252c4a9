import fc from 'fast-check';
import { Binary } from 'mongodb';
import { checkPage } from './conversation-rules.js';
import { checkConversation, type ConversationDocuments } from './whole-conversation.suite.js';
import { NOTHING_CARRIED } from './conversation-page.js';
import { alice, direct, plain, sent, storedConversation, team } from './stored-conversation.suite.js';
import { describeFinding, type Rule } from '../finding.js';

const conversations = fc
  .tuple(fc.constantFrom(direct, team), fc.array(sent, { minLength: 1, maxLength: 230 }))
  .map(([id, messages]) => storedConversation(id, messages));

describe('a conversation as the message service stores it', () => {
  it('is free of findings, as a whole', () => {
    fc.assert(
      fc.property(conversations, (documents) => expect(checkConversation(documents)).toEqual([])),
      { numRuns: 15 },
    );
  });

  it('is free of findings, bucket by bucket', () => {
    fc.assert(
      fc.property(conversations, (documents) => {
        let carried = NOTHING_CARRIED;
        for (let first = 0; first < 3; first++) {
          const buckets = documents.buckets.filter(({ index }) => index === first);
          const bodies = documents.bodies.filter(({ _id }) => Math.floor((Number(_id.split(':')[1]) - 1) / 100) === first);
          const checked = checkPage({ ...documents, buckets, bodies, first, end: first + 1 }, carried);
          expect(checked.findings).toEqual([]);
          carried = checked.carried;
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Changes one thing of 250 messages, the 31st of which has a body. */
type Corruption = [string, Rule, (documents: Mutable<ConversationDocuments>) => void];
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

const slot = (documents: Mutable<ConversationDocuments>, seq: number) =>
  documents.buckets[Math.floor((seq - 1) / 100)]!.msgs[(seq - 1) % 100]!;
const key = (documents: Mutable<ConversationDocuments>, seq: number) =>
  documents.keys.find(({ result, payload_hash }) => result === seq && payload_hash)!;
const window = (documents: Mutable<ConversationDocuments>) => documents.windows[0]!;

const corruptions: Corruption[] = [
  ['a bucket is missing', 'buckets', (d) => d.buckets.splice(1, 1)],
  ['the last slot is missing', 'seqs', (d) => d.buckets[2]!.msgs.pop()],
  ['a slot in the middle is missing', 'seqs', (d) => d.buckets[1]!.msgs.splice(40, 1)],
  ['a slot is empty', 'seqs', (d) => (d.buckets[1]!.msgs[7] = null as never)],
  ['two slots are swapped', 'seqs', (d) => ([d.buckets[0]!.msgs[3], d.buckets[0]!.msgs[4]] = [slot(d, 5), slot(d, 4)])],
  [
    'two messages are swapped, with their seqs',
    'keys',
    (d) =>
      ([slot(d, 4).msg, slot(d, 5).msg] = [
        { ...slot(d, 5).msg, seq: 4 },
        { ...slot(d, 4).msg, seq: 5 },
      ]),
  ],
  ['a message lies beyond max_seq', 'seqs', (d) => d.buckets[2]!.msgs.push({ msg: { ...slot(d, 250).msg, seq: 251 } })],
  ['max_seq was set back', 'seqs', (d) => (d.seq.max_seq -= 1)],
  ['max_seq was set ahead', 'seqs', (d) => (d.seq.max_seq += 1)],
  ['a bucket has more than 100 slots', 'buckets', (d) => d.buckets[0]!.msgs.push(slot(d, 100))],
  ['a bucket has another index', 'buckets', (d) => (d.buckets[1]!.index = 7)],
  ['a bucket is another conversation’s', 'buckets', (d) => (d.buckets[1]!.conversation_id = 'sg_other')],
  ['a bucket’s array is an object', 'buckets', (d) => (d.buckets[1]!.msgs = { 0: slot(d, 101) } as never)],
  ['a client’s id is there twice', 'keys', (d) => (slot(d, 8).msg.client_msg_id = slot(d, 6).msg.client_msg_id)],
  ['a key is missing', 'keys', (d) => d.keys.splice(d.keys.indexOf(key(d, 9)), 1)],
  ['a key says another seq', 'keys', (d) => (key(d, 9).result = 10)],
  ['a key has no message', 'keys', (d) => d.keys.push({ ...key(d, 9), _id: new Binary(Buffer.alloc(20, 7)) })],
  ['a key’s seq is beyond the end', 'keys', (d) => d.keys.push({ ...key(d, 9), _id: new Binary(Buffer.alloc(20, 7)), result: 251 })],
  ['two keys’ places are swapped', 'keys', (d) => ([key(d, 9).place, key(d, 10).place] = [key(d, 10).place, key(d, 9).place])],
  ['a key’s place is not decided yet', 'keys', (d) => (d.progress = { epoch: 1, offset: 20 })],
  ['a key was made for another content', 'keys', (d) => (slot(d, 9).msg.content = '{"text":"forged"}')],
  ['a key has another time', 'keys', (d) => (key(d, 9).time += 1)],
  ['a message calls itself otherwise', 'keys', (d) => (slot(d, 9).msg.id = 'x')],
  ['another sender', 'keys', (d) => (slot(d, 9).msg.sender_id = 'mallory')],
  ['a body is missing', 'bodies', (d) => d.bodies.pop()],
  ['a body is another', 'bodies', (d) => (d.bodies[0]!.content += ' ')],
  ['a body that no slot names', 'bodies', (d) => d.bodies.push({ _id: `${direct}:3`, content: '{}' })],
  ['a slot without content', 'bodies', (d) => delete slot(d, 9).msg.content],
  ['a count is off', 'counts', (d) => (slot(d, 9).msg.counted += 1)],
  ['the conversation’s count is off', 'counts', (d) => (d.seq.counted -= 1)],
  ['the preview is of an earlier message', 'previews', (d) => (d.seq.last = { ...d.seq.last!, seq: 249 })],
  ['the preview says something else', 'previews', (d) => (d.seq.last = { ...d.seq.last!, excerpt: 'x' })],
  ['the preview is too long', 'previews', (d) => (d.seq.last = { ...d.seq.last!, excerpt: 'x'.repeat(257) })],
  ['the preview is missing', 'previews', (d) => delete d.seq.last],
  ['nobody is a member', 'seqs', (d) => delete d.seq.members],
  ['min_seq is behind the end', 'seqs', (d) => (d.seq.min_seq = 252)],
  ['a window is missing', 'windows', (d) => d.windows.pop()],
  ['a window of a stranger', 'windows', (d) => Object.assign(window(d), { _id: `eve|${direct}`, user_id: 'eve' })],
  ['a window begins behind the end', 'windows', (d) => (window(d).min_seq = 252)],
  ['a window is closed by halves', 'windows', (d) => (window(d).closed = false as never)],
  ['a window changed at a place that is not decided', 'windows', (d) => (window(d).changed_at = 2 ** 41)],
  ['a window of another user by its fields', 'windows', (d) => (window(d).user_id = 'eve')],
  ['a cursor beyond the last message', 'cursors', (d) => (window(d).read_seq = 251)],
  ['a cursor whose count is off', 'cursors', (d) => Object.assign(window(d), { read_seq: 20, read_counted: 19 })],
];

describe('a conversation that was damaged', () => {
  const messages = plain(250).map((message, i) => (i === 30 ? { ...message, bytes: 6000 } : message));
  const intact = storedConversation(direct, messages);

  it.each(corruptions)('%s: found by the rule "%s"', (_what, rule, corrupt) => {
    const documents = structuredCloneOf(intact);
    corrupt(documents);
    const findings = checkConversation(documents);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    for (const finding of findings) expect(describeFinding(finding)).toMatch(/^!! {2}.+\n.+in .+\n.+→ .+/);
  });

  it('is found wherever a message is taken out, doubled, swapped or reused', () => {
    const damages: ((documents: Mutable<ConversationDocuments>, at: number, to: number) => void)[] = [
      (d, at) => d.buckets[Math.floor(at / 100)]!.msgs.splice(at % 100, 1),
      (d, at) => (slot(d, at + 1).msg = { ...slot(d, at + 1).msg, seq: at }),
      (d, at, to) => (slot(d, at + 1).msg = { ...slot(d, to + 1).msg, seq: at + 1 }),
      (d, at) => d.keys.splice(at, 1),
      (d, at) => (d.keys[at]!.result += 1),
    ];
    const seqs = fc.nat({ max: 248 });
    fc.assert(
      fc.property(fc.constantFrom(...damages), seqs, seqs, (damage, at, to) => {
        fc.pre(at !== to);
        const documents = structuredCloneOf(intact);
        damage(documents, at, to);
        expect(checkConversation(documents)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is found by the page alone, without a look at all of its keys, where a key names another seq', () => {
    const documents = structuredCloneOf(intact);
    key(documents, 9).result = 10;
    const { findings } = checkPage({ ...documents, first: 0, end: 3 }, NOTHING_CARRIED);
    expect(findings).toMatchObject([{ rule: 'keys', detail: 'the key of seq 9: it says seq 10' }]);
  });

  it('is found when an excerpt is longer than any may be', () => {
    const documents = structuredCloneOf(intact);
    documents.seq.last = { ...documents.seq.last!, excerpt: 'ä'.repeat(129) };
    expect(checkConversation(documents).map(({ detail }) => detail)).toEqual(['its excerpt has 258 bytes, more than 256']);
  });

  it('names the documents and what to do', () => {
    const documents = structuredCloneOf(storedConversation(direct, plain(3)));
    documents.keys.splice(1, 1);
    const [finding] = checkConversation(documents);
    expect(describeFinding(finding!)).toMatch(
      /keys: the key of seq 2: there is none\n +in msg_key [0-9a-f]{40}, msg si_alice_bob:0\n +→ .*restore MongoDB/,
    );
  });

  it('shows nothing of a message whose sender said so, and counts none that is not to count', () => {
    const quiet = { sender: alice, bytes: 10, counts: false, shows: false };
    const documents = structuredCloneOf(storedConversation(direct, [...plain(2), quiet]));
    expect(documents.seq).toMatchObject({ counted: 2, last: { seq: 2 } });
    documents.seq.last = { ...documents.seq.last!, seq: 3 };
    expect(checkConversation(documents).map(({ rule }) => rule)).toEqual(['previews']);
  });
});

function structuredCloneOf(documents: ConversationDocuments): Mutable<ConversationDocuments> {
  const { seq, buckets, bodies, windows, progress } = documents;
  const keys = documents.keys.map((each) => ({ ...each }));
  return { ...structuredClone({ seq, buckets: [...buckets], bodies: [...bodies], windows: [...windows], progress }), keys };
}
