import type { Dice } from '../dice.js';
import type { World } from '../target/create-world.js';
import { textAttack, type Attack } from './attack.js';
import { breakagesOf } from './breakages.js';
import { dataSchemaOf } from './schema.js';
import type { Frame, Sentences } from './sentences.js';
import type { Vocabulary } from './vocabulary.js';

const WRONG_IDS = ['null', '-1', '1.5', '""', '{}', '[1]', 'true', '1e30', `"${'x'.repeat(65)}"`, '9007199254740993'];
const SCALARS = ['0', '1e999', 'null', 'true', '"text"', '[]', '[[]]', '[1]', '[null]'];
const DEPTH = 40;

/** Attacks that have to be refused whatever else holds: each breaks a rule by its making, or names what is not the attacker's. */
export class RefusedAttacks {
  private readonly kinds: readonly ((id: string) => Attack)[];

  constructor(
    private readonly sentences: Sentences,
    private readonly words: Vocabulary,
    private readonly world: World,
    private readonly dice: Dice,
  ) {
    const often = (id: string) => this.brokenField(id);
    this.kinds = [often, often, often, often, ...this.others()];
  }

  next(id: string): Attack {
    return this.dice.pick(this.kinds)(id);
  }

  private others(): ((id: string) => Attack)[] {
    return [
      (id) => this.brokenEnvelope(id),
      (id) => this.malformed(id),
      (id) => this.unsafeContent(id),
      (id) => this.foreign(id),
      (id) => ({ ...textAttack('binary', textOf(this.sentences.frame(), id)), isBinary: true }),
      () => textAttack('scalar', this.dice.pick(SCALARS)),
      () => textAttack('too many frames', `[${Array.from({ length: 101 }, () => '{"type":"ping","id":1}').join(',')}]`),
    ];
  }

  private brokenField(id: string): Attack {
    const frame = this.sentences.frame();
    const breakages = breakagesOf(dataSchemaOf(frame.type), frame.data);
    const { broken } = this.dice.pick(breakages);
    return textAttack(`broken ${frame.type}`, JSON.stringify({ type: frame.type, id, data: broken() }), id);
  }

  private brokenEnvelope(id: string): Attack {
    const { type, data } = this.sentences.frame();
    const body = JSON.stringify(data);
    const wrongType = this.dice.pick([
      '"dance"',
      '"__proto__"',
      '"constructor"',
      '"toString"',
      'null',
      '7',
      '["send"]',
      '{}',
      `"${'x'.repeat(5000)}"`,
    ]);
    return this.dice.pick([
      () => textAttack('wrong type', `{"type":${wrongType},"id":"${id}","data":${body}}`, id),
      () => textAttack('no type', `{"id":"${id}","data":${body}}`, id),
      () => textAttack('wrong id', `{"type":"${type}","id":${this.dice.pick(WRONG_IDS)},"data":${body}}`),
      () => textAttack('no id', `{"type":"${type}","data":${body}}`),
      () =>
        textAttack(
          'extra field',
          `{"type":"${type}","id":"${id}","data":${body},"${this.dice.pick(['__proto__', 'constructor', 'x'])}":{"y":1}}`,
          id,
        ),
      () =>
        textAttack(
          'data is no object',
          `{"type":"${type}","id":"${id}","data":${this.dice.pick(['null', '1', '"x"', '[]', '[{}]', 'true'])}}`,
          id,
        ),
    ])();
  }

  private malformed(id: string): Attack {
    const text = textOf(this.sentences.frame(), id);
    const bytes = Buffer.from(text);
    const cut = 1 + this.dice.below(bytes.length - 1);
    const badBytes = this.dice.pick([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]);
    return this.dice.pick([
      () => textAttack('truncated', bytes.subarray(0, cut)),
      () => textAttack('invalid UTF-8', Buffer.concat([bytes.subarray(0, cut), Buffer.from(badBytes), bytes.subarray(cut)])),
      () => textAttack('trailing', `${text}${this.dice.pick([',', '}', ' x', '\u0000', '{}'])}`),
      () => textAttack('empty', ''),
      () => textAttack('brackets', '['.repeat(1 + this.dice.below(100_000))),
      () => textAttack('not JSON', this.dice.pick(['NaN', '{id:1}', "{'id':1}", '<xml/>', 'undefined', '\ufeff{}', '//x'])),
    ])();
  }

  private unsafeContent(id: string): Attack {
    const content = this.dice.pick([
      '"\\ud800"',
      '{"a":["\\udc00x"]}',
      '{"\\udfff":1}',
      '{"__proto__":{"isAdmin":true}}',
      '[{"\\u005f_proto__":1}]',
      '1e999',
      '[-1e400]',
      `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`,
      `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
      `"${'x'.repeat(66_000)}"`,
    ]);
    const { to, conversationId } = this.sentences.frame('send').data;
    const target = conversationId === undefined ? `"to":${JSON.stringify(to)}` : `"conversationId":${JSON.stringify(conversationId)}`;
    return textAttack(
      'unsafe content',
      `{"type":"send","id":"${id}","data":{${target},"clientMsgId":"${id}","type":"text","content":${content}}}`,
      id,
    );
  }

  /** Valid frames about what is the others', or nobody's. */
  private foreign(id: string): Attack {
    const [, theirs] = this.world.groupIds;
    const [, theirDirect] = this.world.conversationIds;
    const nobody = this.words.word();
    const send = { clientMsgId: id, type: 'text', content: { text: 'hello' } };
    const conversationId = this.dice.pick([`sg_${theirs ?? ''}`, theirDirect, `sg_${nobody}`, 'sn_all', `n_${theirs ?? ''}`]);
    const to = this.dice.pick([{ groupId: theirs }, { userId: `no-${nobody}` }, { groupId: `no-${nobody}` }]);
    const frame = this.dice.pick<Frame>([
      { type: 'send', data: { ...send, conversationId } },
      { type: 'send', data: { ...send, to } },
      { type: 'send', data: { ...send, senderId: this.world.pair[0].userId, to: { userId: this.world.pair[1].userId } } },
      { type: 'history', data: { conversationId } },
      { type: 'read', data: { conversationId, seq: 1 } },
      { type: 'refresh', data: { token: `hk_${nobody.repeat(8)}` } },
      { type: 'refresh', data: { token: this.world.pair[0].token } },
      { type: 'connect', data: { token: `hk_${nobody.repeat(8)}` } },
    ]);
    return textAttack(`foreign ${frame.type}`, textOf(frame, id), id);
  }
}

export function textOf({ type, data }: Frame, id: string): string {
  return JSON.stringify({ type, id, data });
}
